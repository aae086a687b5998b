-- Texts that the hub embeds: how many tokens of them a minute a tenant of the plan may send, and what they cost.
alter table hub.plan
    add column max_inference_tokens_per_minute bigint not null default 200000
        check (max_inference_tokens_per_minute >= 1);

insert into price (plan_code, meter, valid_from, unit_quantity, pricing_unit, unit_price, currency)
select plan.code, 'inference_tokens', timestamptz '2020-01-01 00:00:00Z', 1000000, '1000000 Tokens',
       round(0.05 * plan.factor, 6), 'USD'
  from (values ('free', 0.0), ('default', 1.0), ('enterprise', 0.8)) as plan (code, factor);
