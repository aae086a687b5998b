create table hub.api_key
(
    key_id       uuid primary key,
    tenant_id    uuid        not null references hub.tenant (tenant_id),
    name         text        not null check (length(name) between 1 and 200),
    env          text        not null,
    -- HMAC-SHA-256 of the key with the server's pepper; the key itself is stored nowhere
    hash         bytea       not null check (length(hash) = 32),
    scopes       text[]      not null check (cardinality(scopes) >= 1),
    -- globs; empty means every collection
    patterns     text[]      not null,
    created_at   timestamptz not null,
    created_by   text        not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    -- the key that this one replaces
    rotates      uuid references hub.api_key (key_id),
    last_used_at timestamptz
);
call hub.own_by_tenant('hub.api_key');
create index api_key_by_tenant on hub.api_key (tenant_id, key_id);
create index api_key_by_rotates on hub.api_key (rotates) where rotates is not null;
