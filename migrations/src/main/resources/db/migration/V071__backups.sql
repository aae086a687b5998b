-- Backups of tenants, each a file in the backup folder of the API's processes, and what is being restored of them. Both are
-- wishes that a worker fulfils: due_at is a lease while it is at work.
create table hub.backup
(
    backup_id      uuid primary key,
    tenant_id      uuid        not null references hub.tenant (tenant_id),
    state          text        not null check (state in ('REQUESTED', 'WRITING', 'READY', 'FAILED', 'DELETING')),
    label          text        not null check (length(label) <= 200),
    requested_by   text        not null,
    collections    bigint      not null default 0,
    points         bigint      not null default 0,
    bytes          bigint      not null default 0,
    -- about; known once it is being written
    bytes_expected bigint      not null default 0,
    log_index      bigint,
    -- of the whole file, lower-case hexadecimal
    sha256         text,
    error          text,
    attempts       integer     not null default 0,
    due_at         timestamptz not null,
    created_at     timestamptz not null,
    finished_at    timestamptz
);
call hub.own_by_tenant('hub.backup');
create index backup_by_tenant on hub.backup (tenant_id, backup_id);
create index backup_due on hub.backup (due_at) where state in ('REQUESTED', 'WRITING', 'DELETING');

create table hub.restore
(
    restore_id   uuid primary key,
    -- into whom
    tenant_id    uuid        not null references hub.tenant (tenant_id),
    backup_id    uuid        not null,
    state        text        not null check (state in ('REQUESTED', 'WRITING', 'DONE', 'FAILED')),
    -- before each collection's name
    prefix       text        not null,
    requested_by text        not null,
    collections  bigint      not null default 0,
    points       bigint      not null default 0,
    points_done  bigint      not null default 0,
    error        text,
    attempts     integer     not null default 0,
    due_at       timestamptz not null,
    created_at   timestamptz not null,
    finished_at  timestamptz
);
call hub.own_by_tenant('hub.restore');
create index restore_by_tenant on hub.restore (tenant_id, restore_id);
create index restore_due on hub.restore (due_at) where state in ('REQUESTED', 'WRITING');
