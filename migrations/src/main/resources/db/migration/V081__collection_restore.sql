-- A collection that is being filled from a snapshot has no claim on its name until it is whole: then it takes the name in
-- one transaction, from whoever has it. Left unfinished, it is dropped.
alter table hub.tenant_collection drop constraint tenant_collection_state_check;
alter table hub.tenant_collection
    add constraint tenant_collection_state_check check (state in ('CREATING', 'RESTORING', 'ACTIVE', 'DELETING'));
drop index hub.collection_by_name;
create unique index collection_by_name on hub.tenant_collection (tenant_id, name) where state in ('CREATING', 'ACTIVE');
