-- What a request with an Idempotency-Key was answered, so that a repeated one is answered the same and does nothing.

create table hub.idempotency_record
(
    -- who sent it: a tenant's member or key, or an operator
    caller       text        not null check (length(caller) <= 300),
    -- SHA-256 of the key that the client made up
    key_hash     bytea       not null check (length(key_hash) = 32),
    -- SHA-256 of operation and body: a key names one request only
    request_hash bytea       not null check (length(request_hash) = 32),
    -- unset while the first request is still running
    status       integer,
    -- AES-GCM under a key made of the client's and the server's secret: an answer may hold a new API key
    answer       bytea,
    created_at   timestamptz not null,
    primary key (caller, key_hash)
);
create index idempotency_record_by_age on hub.idempotency_record (created_at);

-- Callers are of many kinds; only the hub itself reads the table.
alter table hub.idempotency_record enable row level security;
alter table hub.idempotency_record force row level security;
create policy system_rows on hub.idempotency_record using (current_setting('hub.system', true) = 'on');
