-- What a node cannot serve, a line each that names the file (the first few), how many there are, and how many points wait for
-- their graph: as it said with its last heartbeat.
alter table hub.engine_node
    add column quarantined       text[] not null default '{}',
    add column quarantined_count bigint not null default 0 check (quarantined_count >= 0),
    add column backlog_points    bigint not null default 0 check (backlog_points >= 0);
