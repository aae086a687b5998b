-- The same news as NOTIFY carries, to be asked for: gateways poll what is newer than what they have seen. The version is
-- the transaction's number: whatever a snapshot does not show yet is at or above the snapshot's xmin, so nothing that
-- commits late is missed. Unlogged: a crash of the database breaks every connection, after which nothing cached is
-- trusted anyway.
create unlogged table hub.news
(
    version xid8        not null default pg_current_xact_id(),
    payload text        not null,
    at      timestamptz not null default clock_timestamp()
);
create index news_by_version on hub.news (version);
create index news_by_time on hub.news (at);
revoke update, truncate on hub.news from hub_app;
