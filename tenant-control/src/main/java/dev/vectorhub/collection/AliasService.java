package dev.vectorhub.collection;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.DatabaseException;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Other names of a tenant's collections. {@link CollectionService#find} takes them for the collections' own. */
@Singleton
public class AliasService {

    /** Of one tenant. */
    public static final int ALIASES_MAX = 1_000;

    private final Scoped scoped;
    private final CollectionService collections;
    private final Clock clock;

    @Inject
    public AliasService(Scoped scoped, CollectionService collections, Clock clock) {
        this.scoped = scoped;
        this.collections = collections;
        this.clock = clock;
    }

    /** Every alias of a tenant, by name. */
    public List<Alias> list(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> AliasRows.list(tx, tenant));
    }

    /** The aliases that the key reaches together with their collections, by name. */
    public List<Alias> list(TenantScope scope) {
        return scoped.asTenant(scope.tenant(), tx -> AliasRows.list(tx, scope.tenant())).stream()
                .filter(alias -> scope.reaches(alias.name()) && scope.reaches(alias.collection()))
                .toList();
    }

    /**
     * Makes all of the changes in their order, or none.
     *
     * @throws ProblemException {@code not-found} for a collection or alias that is not there or that the key does not reach,
     *     {@code forbidden} for a name that it does not reach or an alias that leads out of its reach, {@code conflict} for a name that is in use, {@code validation-failed} for one that is none, {@code quota-exceeded}
     */
    public void change(TenantScope scope, List<AliasAction> actions) {
        TenantId tenant = scope.tenant();
        try {
            scoped.doAsTenant(tenant, tx -> {
                for (AliasAction action : actions) {
                    change(tx, scope, action);
                }
                if (AliasRows.count(tx, tenant) > ALIASES_MAX) {
                    throw ProblemException.quotaExceeded("aliases", ALIASES_MAX, ALIASES_MAX, actions.size());
                }
                CollectionService.tell(tx, tenant, "*");
            });
        } catch (DatabaseException e) {
            if (e.state().equals(DatabaseException.UNIQUE_VIOLATION)) {
                throw new ProblemException(ProblemType.CONFLICT, "An alias of the new name already exists!");
            }
            throw e;
        }
        collections.changed(tenant);
    }

    private void change(Tx tx, TenantScope scope, AliasAction action) throws SQLException {
        TenantId tenant = scope.tenant();
        switch (action) {
            case AliasAction.Create(String collection, String alias) -> {
                CollectionRows.Row row = CollectionNames.possible(collection) && scope.reaches(collection)
                        ? CollectionRows.lock(tx, tenant, collection)
                                .filter(found -> found.state() == CollectionRows.State.ACTIVE)
                                .orElse(null)
                        : null;
                if (row == null) {
                    throw ProblemException.notFound("collection", collection);
                }
                free(tx, scope, alias);
                if (AliasRows.exists(tx, tenant, alias) && !reached(tx, scope, alias)) {
                    throw new ProblemException(
                            ProblemType.FORBIDDEN,
                            "The API key does not reach the collection that `" + alias + "` is an alias of");
                }
                AliasRows.put(tx, tenant, alias, row.handle().id(), clock.instant());
            }
            case AliasAction.Rename(String from, String to) -> {
                free(tx, scope, to);
                if (!reached(tx, scope, from) || !AliasRows.rename(tx, tenant, from, to)) {
                    throw ProblemException.notFound("alias", from);
                }
            }
            case AliasAction.Delete(String alias) -> {
                if (reached(tx, scope, alias)) {
                    AliasRows.remove(tx, tenant, alias);
                }
            }
        }
    }

    private static boolean reached(Tx tx, TenantScope scope, String alias) throws SQLException {
        return CollectionNames.possible(alias)
                && scope.reaches(alias)
                && AliasRows.find(tx, scope.tenant(), alias)
                        .filter(found -> scope.reaches(found.collection()))
                        .isPresent();
    }

    /** A name that no collection has, and that the key reaches. */
    private static void free(Tx tx, TenantScope scope, String name) throws SQLException {
        CollectionNames.check(name);
        if (!scope.reaches(name)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "The API key does not reach the collection `" + name + "`");
        }
        if (CollectionRows.lock(tx, scope.tenant(), name).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "Collection `" + name + "` already exists!");
        }
    }
}
