-- Hourly records: a fold of usage_event that can be thrown away and made again at any time.
create table usage_record (
    tenant_id  uuid        not null,
    hour       timestamptz not null check (extract(epoch from hour) % 3600 = 0),
    meter      text        not null,
    operation  text        not null,
    key_id     uuid,
    quantity   bigint      not null,
    events     bigint      not null,
    updated_at timestamptz not null default now(),
    constraint usage_record_key unique nulls not distinct (tenant_id, hour, meter, operation, key_id)
);
create index usage_record_hour on usage_record (hour);

call hub.own_by_tenant('usage_record');

-- Events of transactions below this number are in usage_record, all others are not.
create table usage_rollup_state (
    only_row      boolean     primary key default true check (only_row),
    folded_before bigint      not null,
    folded_at     timestamptz not null
);
insert into usage_rollup_state (folded_before, folded_at) values (0, now());

-- Records and, in the same snapshot, the part of the ledger that is not folded yet.
create view usage_hour with (security_invoker = true) as
select tenant_id, hour, meter, operation, key_id, quantity
  from usage_record
union all
select tenant_id, date_trunc('hour', occurred_at, 'UTC'), meter, operation, key_id, quantity
  from usage_event
 where txid >= (select folded_before from usage_rollup_state);

grant select, insert, update, delete on usage_record to hub_app;
revoke insert, delete on usage_rollup_state from hub_app;
grant select, update on usage_rollup_state to hub_app;
grant select on usage_hour to hub_app;
