-- The usage ledger: append-only rows, corrections are new rows. The row's identity is where it came from, so that
-- storing it again stores nothing. See dev.vectorhub.billing.usage.UsageEvent for the columns' meaning.

-- Numbers the starts of recording processes. A sequence never hands a number out twice, not even after a rollback.
create sequence usage_epoch;

create table usage_source (
    node          text        not null check (length(node) between 1 and 100 and position('|' in node) = 0),
    epoch         bigint      not null,
    started_at    timestamptz not null default now(),
    -- Highest sequence number in the ledger. A recording process numbers without gaps, so it is also their count.
    stored_seq    bigint      not null default 0,
    last_event_at timestamptz,
    closed_at     timestamptz,
    primary key (node, epoch)
);

create table usage_event (
    tenant_id   uuid        not null,
    key_id      uuid,
    meter       text        not null check (length(meter) between 1 and 40 and position('|' in meter) = 0),
    operation   text        not null check (length(operation) between 1 and 40),
    quantity    bigint      not null,
    occurred_at timestamptz not null,
    node        text        not null check (length(node) between 1 and 120 and position('|' in node) = 0),
    epoch       bigint      not null,
    seq         bigint      not null,
    -- When the ledger learnt of it: with occurred_at the two times that "as known then" needs.
    stored_at   timestamptz not null default now(),
    -- The storing transaction. The rollup folds transactions that are certainly over, whatever order they ended in.
    txid        bigint      not null default (pg_current_xact_id()::text::bigint),
    reason      text        check (length(reason) <= 500),
    id          text        generated always as
                            (tenant_id::text || '|' || meter || '|' || node || '|' || epoch::text || '|' || seq::text) virtual,
    -- The parts of the id, source first: a source's rows lie together and arrive in order.
    primary key (node, epoch, seq, tenant_id, meter)
);
create index usage_event_txid on usage_event (txid);
create index usage_event_tenant_time on usage_event (tenant_id, occurred_at);
create index usage_event_time on usage_event using brin (occurred_at);

call hub.own_by_tenant('usage_event');

-- What each collection held when it was last looked at, and the integral over the hour that is still open.
create table storage_gauge (
    tenant_id      uuid        not null,
    collection_id  uuid        not null,
    sampled_at     timestamptz not null,
    points         bigint      not null check (points >= 0),
    logical_bytes  bigint      not null check (logical_bytes >= 0),
    byte_seconds   bigint      not null default 0,
    vector_seconds bigint      not null default 0,
    primary key (tenant_id, collection_id)
);
call hub.own_by_tenant('storage_gauge');

revoke all on usage_event from hub_app;
grant select, insert on usage_event to hub_app;
grant select, insert, update on usage_source to hub_app;
grant select, insert, update, delete on storage_gauge to hub_app;
grant usage on sequence usage_epoch to hub_app;
