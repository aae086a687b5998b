-- What the gateways count of signups together: a bucket of tokens for each network address and e-mail address, as a
-- digest. Unlogged: after a crash of the database the counting starts anew.
create unlogged table hub.signup_attempt
(
    digest      bytea            primary key,
    tokens      double precision not null,
    refilled_at timestamptz      not null,
    -- when the bucket is full again, and the row says nothing any more
    full_at     timestamptz      not null
);
create index signup_attempt_by_full on hub.signup_attempt (full_at);
