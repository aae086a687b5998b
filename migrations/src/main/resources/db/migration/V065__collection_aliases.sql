-- Other names of collections. An alias leads to the collection itself, so it follows no renaming and ends with it.
create table hub.collection_alias
(
    tenant_id     uuid        not null references hub.tenant (tenant_id),
    name          text        not null check (length(name) between 1 and 255),
    collection_id uuid        not null references hub.tenant_collection (collection_id) on delete cascade,
    created_at    timestamptz not null,
    primary key (tenant_id, name)
);
call hub.own_by_tenant('hub.collection_alias');
create index alias_by_collection on hub.collection_alias (collection_id);
