-- Roles, grants and row-level security. Flyway runs as hub_owner; the applications log in as hub_app.
-- Both roles and the schema may exist already (an external database): nothing here creates a role.

do $$
begin
    if not exists (select from pg_roles where rolname = 'hub_app') then
        raise exception 'role hub_app does not exist: create it (LOGIN, NOSUPERUSER, NOBYPASSRLS) before migrating';
    end if;
    if exists (select from pg_roles where rolname = 'hub_app' and (rolsuper or rolbypassrls)) then
        raise exception 'role hub_app must be NOSUPERUSER and NOBYPASSRLS: row-level security would not bind it';
    end if;
    if current_user = 'hub_app' then
        raise exception 'migrations must run as the owner role, not as hub_app';
    end if;
    if not exists (select from pg_namespace where nspname = 'hub') then
        create schema hub;
    end if;
end
$$;

grant usage on schema hub to hub_app;
alter default privileges in schema hub grant select, insert, update, delete on tables to hub_app;
alter default privileges in schema hub grant usage, select on sequences to hub_app;

-- Makes a table tenant-owned: its column tenant_id decides who sees a row. A transaction sets hub.tenant_id (one tenant)
-- or hub.system = 'on' (operators, workers, key lookup); with neither it sees nothing. FORCE binds the owner too.
create procedure hub.own_by_tenant(owned regclass)
    language plpgsql
as
$$
begin
    execute format('alter table %s enable row level security', owned);
    execute format('alter table %s force row level security', owned);
    execute format(
        'create policy tenant_rows on %s using ('
        '(tenant_id = nullif(current_setting(''hub.tenant_id'', true), '''')::uuid)'
        ' or (current_setting(''hub.system'', true) = ''on''))', owned);
end
$$;

create table hub.plan
(
    code                       text primary key check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name                       text        not null check (length(name) between 1 and 200),
    max_collections            bigint      not null check (max_collections >= 1),
    max_vectors_per_collection bigint      not null check (max_vectors_per_collection >= 1),
    max_storage_bytes          bigint      not null check (max_storage_bytes >= 1),
    max_requests_per_minute    bigint      not null check (max_requests_per_minute >= 1),
    isolation                  text        not null check (isolation in ('NONE', 'COLLECTION', 'STORAGE')),
    -- who wrote it last: the seeds in the code, the configuration file, an operator
    source                     text        not null check (source in ('BUILTIN', 'CONFIG', 'OPERATOR')),
    version                    bigint      not null default 1,
    updated_at                 timestamptz not null
);

create table hub.tenant
(
    tenant_id       uuid primary key,
    organisation    text        not null check (length(organisation) between 1 and 200),
    -- the identity provider's organisation, once there is one
    organisation_id text unique,
    contact_email   text,
    state           text        not null check (state in ('PENDING', 'PROVISIONING', 'ACTIVE', 'READ_ONLY',
                                                          'SUSPENDED', 'DELETING', 'DELETED')),
    state_since     timestamptz not null,
    state_reason    text,
    -- where resume or restore leads back to; set only while SUSPENDED or DELETING
    return_state    text,
    plan_code       text        not null references hub.plan (code),
    isolation       text        not null check (isolation in ('NONE', 'COLLECTION', 'STORAGE')),
    erase_after     timestamptz,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
call hub.own_by_tenant('hub.tenant');
create index tenant_by_created on hub.tenant (created_at, tenant_id);
create index tenant_by_organisation on hub.tenant (lower(organisation), tenant_id);
create index tenant_by_state on hub.tenant (state, state_since);
create index tenant_to_erase on hub.tenant (erase_after) where state = 'DELETING';

-- Append-only: the application may add rows and read them.
create table hub.audit_event
(
    event_id    uuid primary key,
    -- null: the installation itself (a plan, a node); only system transactions see such rows
    tenant_id   uuid,
    time        timestamptz not null,
    -- OCSF: class, activity and status as the schema numbers them
    class_uid   integer     not null,
    activity_id integer     not null,
    status_id   integer     not null,
    actor_kind  text        not null,
    actor_id    text        not null,
    actor_name  text        not null,
    action      text        not null,
    target_type text        not null,
    target_id   text        not null,
    reason      text,
    detail      jsonb       not null default '{}'::jsonb
);
call hub.own_by_tenant('hub.audit_event');
create index audit_by_tenant on hub.audit_event (tenant_id, event_id);
create index audit_by_action on hub.audit_event (action, event_id);
revoke update, delete, truncate on hub.audit_event from hub_app;

-- Work that a transaction promises: claimed with FOR UPDATE SKIP LOCKED, done at least once.
create table hub.outbox
(
    outbox_id  uuid primary key,
    tenant_id  uuid        not null,
    kind       text        not null,
    payload    jsonb       not null,
    created_at timestamptz not null,
    due_at     timestamptz not null,
    attempts   integer     not null default 0,
    last_error text,
    done_at    timestamptz
);
call hub.own_by_tenant('hub.outbox');
create index outbox_due on hub.outbox (due_at) where done_at is null;
