package dev.vectorhub.collection;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.DatabaseException;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Work;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Takes collections that the engine holds already into a tenant's catalog: all of them appear at once, or none. */
@Singleton
public class CollectionAdoption {
    private final Scoped scoped;
    private final QuotaService quotas;
    private final CollectionService collections;
    private final Clock clock;

    public CollectionAdoption(Scoped scoped, QuotaService quotas, CollectionService collections, Clock clock) {
        this.scoped = scoped;
        this.quotas = quotas;
        this.collections = collections;
        this.clock = clock;
    }

    /**
     * A collection that the engine has.
     *
     * @param aliases further names, which must be free as well
     */
    public record Adopted(CollectionHandle collection, List<String> aliases) {}

    /**
     * Whether {@link #adopt} would be refused as things stand.
     *
     * @throws ProblemException as there
     */
    public void check(TenantId tenant, List<String> names) {
        names.forEach(CollectionNames::check);
        scoped.doAsTenant(tenant, tx -> {
            for (String name : names) {
                if (CollectionRows.lock(tx, tenant, name).isPresent() || AliasRows.exists(tx, tenant, name)) {
                    throw taken(name);
                }
            }
        });
        quotas.requireCollections(tenant, names.size());
    }

    /**
     * Takes them all.
     *
     * @param together what is done in the same transaction; if it throws, nothing is taken
     * @throws ProblemException {@code conflict} for a name in use, {@code quota-exceeded}, {@code validation-failed} (name)
     */
    public void adopt(TenantId tenant, List<Adopted> all, Work.Task together) {
        Instant now = clock.instant();
        try {
            scoped.doAsTenant(tenant, tx -> {
                quotas.reserveCollections(tx, tenant, all.size());
                for (Adopted one : all) {
                    CollectionHandle collection = one.collection();
                    CollectionNames.check(collection.name());
                    if (AliasRows.exists(tx, tenant, collection.name())) {
                        throw taken(collection.name());
                    }
                    CollectionRows.insert(tx, tenant, collection, CollectionRows.State.CREATING, now, now);
                    CollectionRows.activate(tx, collection.id(), now);
                }
                for (Adopted one : all) {
                    for (String alias : one.aliases()) {
                        CollectionNames.check(alias);
                        if (CollectionRows.lock(tx, tenant, alias).isPresent() || AliasRows.exists(tx, tenant, alias)) {
                            throw taken(alias);
                        }
                        AliasRows.put(tx, tenant, alias, one.collection().id(), now);
                    }
                }
                CollectionService.tell(tx, tenant, "*");
                together.run(tx);
            });
        } catch (DatabaseException e) {
            if (e.state().equals(DatabaseException.UNIQUE_VIOLATION)) {
                throw new ProblemException(ProblemType.CONFLICT, "A collection of one of the names exists already", e);
            }
            throw e;
        }
        collections.changed(tenant);
    }

    private static ProblemException taken(String name) {
        return new ProblemException(ProblemType.CONFLICT, "The name `" + name + "` is in use");
    }
}
