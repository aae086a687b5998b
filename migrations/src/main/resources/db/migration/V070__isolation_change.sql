-- A tenant's isolation may change while it works. What is wanted stands in the placement as before; the assignment says
-- how far the node has come with it.
set local hub.system = 'on';

alter table hub.assignment
    add column isolation           text check (isolation in ('NONE', 'COLLECTION', 'STORAGE')),
    add column collections         bigint not null default 0 check (collections >= 0),
    add column collections_to_move bigint not null default 0 check (collections_to_move >= 0),
    add column points              bigint not null default 0 check (points >= 0),
    add column points_to_move      bigint not null default 0 check (points_to_move >= 0),
    -- why something of the tenant cannot be moved or served, naming the file
    add column fault               text;
update hub.assignment a set isolation = p.isolation from hub.placement p where p.tenant_id = a.tenant_id;
update hub.assignment set isolation = 'NONE' where isolation is null;
alter table hub.assignment alter column isolation set not null;

-- The modes that tenants of the plan may have.
alter table hub.plan
    add column isolations text[] not null default '{NONE,COLLECTION,STORAGE}'
        check (isolations <@ '{NONE,COLLECTION,STORAGE}' and isolation = any (isolations));
