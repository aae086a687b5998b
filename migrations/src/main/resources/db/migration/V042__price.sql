-- What a plan pays for a meter from a day (UTC) on. unit_quantity is a power of ten, so that every charge is a finite decimal.
create table price (
    plan_code     text           not null,
    meter         text           not null,
    valid_from    timestamptz    not null check (extract(epoch from valid_from) % 86400 = 0),
    unit_quantity bigint         not null check (unit_quantity > 0),
    pricing_unit  text           not null,
    unit_price    numeric(20, 6) not null check (unit_price >= 0),
    currency      text           not null check (currency ~ '^[A-Z]{3}$'),
    primary key (plan_code, meter, valid_from)
);

-- An example price list. An installation adds its own rows with a later valid_from.
insert into price (plan_code, meter, valid_from, unit_quantity, pricing_unit, unit_price, currency)
select plan.code, item.meter, timestamptz '2020-01-01 00:00:00Z', item.unit_quantity, item.pricing_unit,
       round(item.unit_price * plan.factor, 6), 'USD'
  from (values ('free', 0.0), ('default', 1.0), ('enterprise', 0.8)) as plan (code, factor)
 cross join (values
       ('requests_read',      1000000::bigint,       '1000000 Requests',  0.40),
       ('requests_write',     1000000,               '1000000 Requests',  2.00),
       ('requests_search',    1000000,               '1000000 Requests',  1.20),
       ('requests_manage',    1000000,               '1000000 Requests',  0.40),
       ('vectors_scanned',    1000000000,            '1000000000 Vectors', 0.05),
       ('egress_bytes',       1000000000,            'GB',                0.09),
       ('storage_byte_hours', 1000000000,            'GB-Hours',          0.00035),
       ('vector_hours',       1000000000,            '1000000000 Vector-Hours', 0.10)
       ) as item (meter, unit_quantity, pricing_unit, unit_price);

revoke insert, update, delete on price from hub_app;
grant select on price to hub_app;
