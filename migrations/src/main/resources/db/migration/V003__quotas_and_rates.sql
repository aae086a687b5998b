-- One row a tenant, made with it. The count of collections is ours and never races; points and bytes are what the
-- engine's gauges said last.
create table hub.quota_usage
(
    tenant_id        uuid primary key references hub.tenant (tenant_id),
    collections      bigint not null default 0 check (collections >= 0),
    points           bigint not null default 0 check (points >= 0),
    -- of the fullest collection
    collection_points bigint not null default 0 check (collection_points >= 0),
    logical_bytes    bigint not null default 0 check (logical_bytes >= 0),
    disk_bytes       bigint not null default 0 check (disk_bytes >= 0),
    measured_at      timestamptz
);
call hub.own_by_tenant('hub.quota_usage');

-- The requests that were leased to gateways, by second; the format stands at dev.vectorhub.ratelimit.RateWindow.
-- Unlogged: after a crash of the database the minute starts anew, and no lease waits for a disk.
create unlogged table hub.rate_window
(
    tenant_id uuid primary key,
    newest    bigint   not null,
    grants    bigint[] not null
);
call hub.own_by_tenant('hub.rate_window');

-- Who shares the limits: each gateway refreshes its row.
create unlogged table hub.gateway_presence
(
    gateway_id uuid primary key,
    seen_at    timestamptz not null
);
