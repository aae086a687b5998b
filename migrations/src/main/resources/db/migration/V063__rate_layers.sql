-- A key may have a limit of its own below its tenant's.
alter table hub.api_key
    add column requests_per_minute bigint check (requests_per_minute >= 1);

-- One window for the tenant as a whole (key_id all zero) and one for each of its keys that has a limit of its own.
alter table hub.rate_window
    add column key_id uuid not null default '00000000-0000-0000-0000-000000000000',
    drop constraint rate_window_pkey,
    add primary key (tenant_id, key_id);
