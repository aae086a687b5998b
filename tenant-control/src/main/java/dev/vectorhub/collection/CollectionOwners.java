package dev.vectorhub.collection;

import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Whose the things are that the engine knows by id alone; for operators. */
@Singleton
public class CollectionOwners {
    private final Scoped scoped;

    public CollectionOwners(Scoped scoped) {
        this.scoped = scoped;
    }

    /** @param collection its name; empty for the whole tenant */
    public record Owner(TenantId tenant, String organisation, String collection) {}

    /** The owners of what the ids name: collections, or tenants; without those that nothing is known of. */
    public Map<UUID, Owner> of(Collection<UUID> ids) {
        Map<UUID, Owner> owners = new HashMap<>();
        scoped.doAsSystem(tx -> tx.list(
                row -> owners.put(
                        row.getObject("id", UUID.class),
                        new Owner(
                                new TenantId(row.getObject("tenant_id", UUID.class)),
                                row.getString("organisation"),
                                row.getString("name"))),
                """
                select c.collection_id as id, t.tenant_id, t.organisation, c.name
                from tenant_collection c join tenant t on t.tenant_id = c.tenant_id
                where c.collection_id = any (?::uuid[])
                union all
                select t.tenant_id, t.tenant_id, t.organisation, '' from tenant t where t.tenant_id = any (?::uuid[])
                """,
                ids,
                ids));
        return owners;
    }
}
