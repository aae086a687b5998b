-- What operators look for tenants by. Behind a row policy no index answers `like`, which could tell of rows that the policy hides;
-- so the text has a table of its own that the application cannot read, and a function that asks what the policy asks.
create table hub.tenant_text
(
    tenant_id uuid primary key references hub.tenant (tenant_id) on delete cascade,
    -- the organisation's name and its e-mail address in small letters, a line each
    text      text not null
);
revoke all on hub.tenant_text from hub_app;
-- without a policy nobody but the owner sees a row
alter table hub.tenant_text enable row level security;

create function hub.keep_tenant_text() returns trigger
    language plpgsql
    security definer
    set search_path = hub, pg_temp
as
$$
begin
    insert into tenant_text (tenant_id, text)
    values (new.tenant_id, lower(new.organisation) || E'\n' || lower(coalesce(new.contact_email, '')))
    on conflict (tenant_id) do update set text = excluded.text;
    return null;
end
$$;

create trigger keep_tenant_text after insert or update of organisation, contact_email on hub.tenant
    for each row execute function hub.keep_tenant_text();

set local hub.system = 'on';
insert into hub.tenant_text (tenant_id, text)
select tenant_id, lower(organisation) || E'\n' || lower(coalesce(contact_email, '')) from hub.tenant;

-- A trusted extension of PostgreSQL itself: an owner who may create things in the database gets it. Without it all is found
-- as well, only slower.
do
$$
begin
    create extension if not exists pg_trgm with schema hub;
    execute format(
        'create index tenant_text_part on hub.tenant_text using gin (text %I.gin_trgm_ops)',
        (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'));
exception
    when insufficient_privilege or undefined_file or undefined_object or feature_not_supported then
        raise warning 'tenants are searched without an index: pg_trgm is not to be had (%)', sqlerrm;
end
$$;

-- Ids of tenants whose text is like the pattern, so many at most.
create function hub.tenants_like(pattern text, most integer) returns setof uuid
    language sql
    stable
    security definer
    set search_path = hub, pg_temp
as
$$
select tenant_id from tenant_text where current_setting('hub.system', true) = 'on' and text like pattern limit most
$$;
revoke execute on function hub.tenants_like(text, integer) from public;
grant execute on function hub.tenants_like(text, integer) to hub_app;
