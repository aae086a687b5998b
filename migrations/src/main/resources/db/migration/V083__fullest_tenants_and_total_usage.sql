-- What is asked of all tenants at once, kept so that nobody has to look at each of them.

-- How full each tenant's storage is, 0 to 1 and above: the fullest are the first rows of an index.
alter table hub.quota_usage
    add column storage_share double precision not null default 0;

create function hub.share_of_plan() returns trigger
    language plpgsql
as
$$
begin
    select new.logical_bytes::double precision / plan.max_storage_bytes into new.storage_share
      from hub.tenant join hub.plan on plan.code = tenant.plan_code where tenant.tenant_id = new.tenant_id;
    new.storage_share = coalesce(new.storage_share, 0);
    return new;
end
$$;

create function hub.share_of_other_plan() returns trigger
    language plpgsql
as
$$
begin
    -- the trigger above does the sum
    update hub.quota_usage set logical_bytes = logical_bytes where tenant_id = new.tenant_id;
    return null;
end
$$;

create function hub.shares_of_changed_plan() returns trigger
    language plpgsql
as
$$
begin
    update hub.quota_usage q set logical_bytes = q.logical_bytes
      from hub.tenant t where t.tenant_id = q.tenant_id and t.plan_code = new.code;
    return null;
end
$$;

create trigger share_of_plan before insert or update of logical_bytes on hub.quota_usage
    for each row execute function hub.share_of_plan();
create trigger share_of_other_plan after update of plan_code on hub.tenant
    for each row when (old.plan_code is distinct from new.plan_code) execute function hub.share_of_other_plan();
create trigger shares_of_changed_plan after update of max_storage_bytes on hub.plan
    for each row when (old.max_storage_bytes is distinct from new.max_storage_bytes)
    execute function hub.shares_of_changed_plan();

set local hub.system = 'on';
update hub.quota_usage set logical_bytes = logical_bytes;
create index quota_fullest on hub.quota_usage (storage_share desc, tenant_id);

-- Sums of usage_record over all tenants, made in the same step.
create table hub.usage_total (
    hour     timestamptz not null,
    meter    text        not null,
    quantity bigint      not null,
    primary key (hour, meter)
);
insert into hub.usage_total (hour, meter, quantity)
select hour, meter, sum(quantity)::bigint from hub.usage_record group by hour, meter;
grant select, insert, update, delete on hub.usage_total to hub_app;
