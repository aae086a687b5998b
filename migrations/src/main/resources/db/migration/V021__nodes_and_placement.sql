-- The processes that hold data. Not tenant-owned.
create table hub.engine_node
(
    node_id         text primary key check (node_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    -- 'embedded', or host:port
    address         text        not null check (length(address) between 1 and 255),
    -- DRAINING: keeps what it has, gets nothing new
    state           text        not null check (state in ('ACTIVE', 'DRAINING')),
    capacity_points bigint      not null check (capacity_points >= 1),
    capacity_bytes  bigint      not null check (capacity_bytes >= 1),
    tenants         bigint      not null default 0 check (tenants >= 0),
    collections     bigint      not null default 0 check (collections >= 0),
    points          bigint      not null default 0 check (points >= 0),
    disk_bytes      bigint      not null default 0 check (disk_bytes >= 0),
    disk_free_bytes bigint      not null default 0 check (disk_free_bytes >= 0),
    kernel          text        not null default '',
    -- null until the node answered for the first time
    heartbeat_at    timestamptz,
    last_error      text,
    created_at      timestamptz not null
);

-- Where a tenant's data is to be: the desired side. The generation grows with every change of mind; a node refuses
-- commands of an older one.
create table hub.placement
(
    tenant_id  uuid primary key references hub.tenant (tenant_id),
    -- null until planned
    node_id    text references hub.engine_node (node_id),
    generation bigint      not null check (generation >= 1),
    isolation  text        not null check (isolation in ('NONE', 'COLLECTION', 'STORAGE')),
    desired    text        not null check (desired in ('PLACED', 'DROPPED')),
    updated_at timestamptz not null
);
call hub.own_by_tenant('hub.placement');
create index placement_by_node on hub.placement (node_id) where desired = 'PLACED';

-- Where it was seen: the observed side.
create table hub.assignment
(
    tenant_id   uuid primary key references hub.tenant (tenant_id),
    node_id     text        not null,
    generation  bigint      not null,
    observed    text        not null check (observed in ('PLACED', 'DROPPED')),
    observed_at timestamptz not null
);
call hub.own_by_tenant('hub.assignment');

-- One open piece of work of a kind for a tenant: the outbox's placement rows are wake-ups, not messages.
create unique index outbox_open_placement on hub.outbox (tenant_id) where kind = 'placement' and done_at is null;
