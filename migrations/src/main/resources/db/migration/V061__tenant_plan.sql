-- Which plan a tenant had since when: usage is priced by the plan of its time. Written with the tenant itself, whoever
-- writes it; append-only.
create table hub.tenant_plan
(
    tenant_id  uuid        not null references hub.tenant (tenant_id),
    valid_from timestamptz not null,
    plan_code  text        not null references hub.plan (code),
    primary key (tenant_id, valid_from)
);
call hub.own_by_tenant('hub.tenant_plan');
revoke delete, truncate on hub.tenant_plan from hub_app;

create function hub.note_tenant_plan() returns trigger
    language plpgsql
as
$$
begin
    insert into hub.tenant_plan (tenant_id, valid_from, plan_code)
    values (new.tenant_id, new.updated_at, new.plan_code)
    -- two changes within one microsecond: the later one holds
    on conflict (tenant_id, valid_from) do update set plan_code = excluded.plan_code;
    return null;
end
$$;

create trigger note_first_plan after insert on hub.tenant
    for each row execute function hub.note_tenant_plan();
create trigger note_changed_plan after update of plan_code on hub.tenant
    for each row when (old.plan_code is distinct from new.plan_code) execute function hub.note_tenant_plan();

-- What plans were before is in the audit only: tenants that are there already begin with the plan that they have.
set local hub.system = 'on';
insert into hub.tenant_plan (tenant_id, valid_from, plan_code)
select tenant_id, created_at, plan_code from hub.tenant;
