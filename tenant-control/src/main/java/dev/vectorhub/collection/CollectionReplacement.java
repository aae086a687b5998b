package dev.vectorhub.collection;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Fills a collection beside the one that has the name now, and lets it take the name, with its aliases, in one transaction:
 * whoever reads sees the one or the other, whole. What fails before leaves nothing behind; what a crash leaves is swept by
 * {@link CollectionService#sweep} once the claim has run out.
 */
@Singleton
public class CollectionReplacement {
    private static final Duration CLAIM = Duration.ofMinutes(5);
    private static final Duration RENEWED = Duration.ofSeconds(30);

    private final Scoped scoped;
    private final QuotaService quotas;
    private final CollectionService collections;
    private final Ids ids;
    private final Clock clock;

    CollectionReplacement(Scoped scoped, QuotaService quotas, CollectionService collections, Ids ids, Clock clock) {
        this.scoped = scoped;
        this.quotas = quotas;
        this.collections = collections;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes the collection in the engine, with all that it holds. */
    @FunctionalInterface
    public interface Filling {
        /**
         * Fills it.
         *
         * @param id the engine's name of the new collection
         * @param atWork to be run now and then, so that nobody takes the work for abandoned
         */
        void fill(UUID id, Runnable atWork) throws IOException;
    }

    /**
     * Replaces the collection, or makes it where there is none of the name.
     *
     * @param spec as the engine will have it
     * @throws ProblemException {@code validation-failed} (name), {@code conflict} (an alias has the name, or the collection
     *     is being created), {@code quota-exceeded}; {@code unavailable} where the work took so long that its claim ran out
     */
    public CollectionHandle replace(
            TenantScope scope, String name, CollectionSpec spec, String configJson, Filling filling)
            throws IOException {
        CollectionNames.check(name);
        TenantId tenant = scope.tenant();
        // Where it lies is decided by the tenant's placement, whatever it was when the points were saved.
        CollectionSpec placed = spec.toBuilder().clearIsolation().build();
        CollectionHandle made = new CollectionHandle(ids.next(), name, placed, configJson, 1);
        Claim claim = new Claim(made.id());
        boolean replaces = scoped.asTenant(tenant, tx -> begin(tx, tenant, made, claim));
        boolean done = false;
        Optional<UUID> replaced;
        try {
            filling.fill(made.id(), () -> renew(tenant, claim));
            replaced = scoped.asTenant(tenant, tx -> takeName(tx, tenant, made, claim, replaces));
            done = true;
        } finally {
            if (!done) {
                abandon(tenant, made.id());
            }
        }
        collections.changed(tenant);
        replaced.ifPresent(id -> collections.finishDeletion(tenant, id));
        return made;
    }

    /** A transaction whose end nobody saw may have been committed: what has the name by now is not touched. */
    private void abandon(TenantId tenant, UUID id) {
        Instant now = clock.instant();
        if (scoped.asTenant(tenant, tx -> CollectionRows.abandon(tx, id, now, now.plus(CLAIM)))) {
            collections.finishDeletion(tenant, id);
        }
    }

    /** Until when nobody else touches the row; the value itself is what others would change. */
    private final class Claim {
        private final UUID id;
        private Instant until = next();
        private Instant renewed = clock.instant();

        Claim(UUID id) {
            this.id = id;
        }

        /** As the database keeps it, which is what it is compared with. */
        private Instant next() {
            return clock.instant().plus(CLAIM).truncatedTo(ChronoUnit.MICROS);
        }
    }

    private boolean begin(Tx tx, TenantId tenant, CollectionHandle made, Claim claim) throws SQLException {
        boolean replaces = present(tx, tenant, made.name()).isPresent();
        if (replaces) {
            quotas.countReplacement(tx, tenant);
        } else {
            quotas.reserveCollections(tx, tenant, 1);
        }
        CollectionRows.insert(tx, tenant, made, CollectionRows.State.RESTORING, clock.instant(), claim.until);
        return replaces;
    }

    private static Optional<CollectionRows.Row> present(Tx tx, TenantId tenant, String name) throws SQLException {
        Optional<CollectionRows.Row> present = CollectionRows.lock(tx, tenant, name);
        if (present.isPresent() && present.get().state() != CollectionRows.State.ACTIVE) {
            throw new ProblemException(ProblemType.CONFLICT, "Collection `" + name + "` is being created");
        }
        if (present.isEmpty() && AliasRows.exists(tx, tenant, name)) {
            throw new ProblemException(ProblemType.CONFLICT, "Alias `" + name + "` already exists!");
        }
        return present;
    }

    private void renew(TenantId tenant, Claim claim) {
        Instant now = clock.instant();
        if (now.isBefore(claim.renewed.plus(RENEWED))) {
            return;
        }
        Instant until = claim.next();
        if (!scoped.asTenant(tenant, tx -> CollectionRows.renew(tx, claim.id, claim.until, until))) {
            throw lost();
        }
        claim.until = until;
        claim.renewed = now;
    }

    private Optional<UUID> takeName(Tx tx, TenantId tenant, CollectionHandle made, Claim claim, boolean counted)
            throws SQLException {
        Instant now = clock.instant();
        Optional<UUID> old =
                present(tx, tenant, made.name()).map(row -> row.handle().id());
        if (old.isPresent()) {
            CollectionRows.startDeleting(tx, old.get(), now, now.plus(CLAIM));
            AliasRows.moveAll(tx, old.get(), made.id());
        } else if (counted) {
            // The one in whose place it was counted has been deleted meanwhile: the ceiling holds again.
            quotas.releaseCollections(tx, tenant, 1);
            quotas.reserveCollections(tx, tenant, 1);
        }
        if (!CollectionRows.activateRestored(tx, made.id(), claim.until, now)) {
            throw lost();
        }
        CollectionService.tell(tx, tenant, made.name());
        return old;
    }

    private static ProblemException lost() {
        return new ProblemException(
                ProblemType.UNAVAILABLE, "The work took too long and was given up; nothing has changed");
    }
}
