create table hub.tenant_collection
(
    -- the engine's name of the collection
    collection_id uuid primary key,
    tenant_id     uuid        not null references hub.tenant (tenant_id),
    name          text        not null check (length(name) between 1 and 255),
    state         text        not null check (state in ('CREATING', 'ACTIVE', 'DELETING')),
    -- dev.vectorhub.engine.wire.v1.CollectionSpec
    spec          bytea       not null,
    -- the request's own form, answered back to clients
    config        jsonb       not null,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    -- before then the caller that wrote the row is at work; afterwards the sweeper may take over
    claimed_until timestamptz not null
);
call hub.own_by_tenant('hub.tenant_collection');
-- a name is free again as soon as its deletion has begun
create unique index collection_by_name on hub.tenant_collection (tenant_id, name) where state <> 'DELETING';
create index collection_unfinished on hub.tenant_collection (claimed_until) where state <> 'ACTIVE';
