package dev.vectorhub.placement;

import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.outbox.OutboxKind;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** Writes wishes for a place and shows how far they have come true; {@link PlacementReconciler} fulfils them. */
@Singleton
public class PlacementService {
    private final Scoped scoped;
    private final TenantService tenants;
    private final Outbox outbox;
    private final Clock clock;

    public PlacementService(Scoped scoped, TenantService tenants, Outbox outbox, Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Wishes for a place in the caller's system transaction, and promises the work. Repeating it changes nothing. */
    public void request(Tx tx, TenantId tenant, IsolationMode isolation) throws SQLException {
        PlacementRows.request(tx, tenant, isolation, clock.instant());
        outbox.add(tx, OutboxKind.PLACEMENT, tenant, "{}");
    }

    /**
     * Wishes for another isolation of a tenant that has a place. Its data moves while it is read and written; what the node
     * has done is in {@link #progress}. To the mode that it has is no change.
     *
     * @throws dev.vectorhub.problem.ProblemException {@code validation-failed} for a mode that the plan does not permit,
     *     {@code conflict} in a state without a place, {@code precondition-failed}
     */
    public Tenant changeIsolation(TenantId id, IsolationMode isolation, Change change) {
        return scoped.asSystem(tx -> {
            Tenant tenant = tenants.changeIsolation(tx, id, isolation, change);
            if (PlacementRows.isolate(tx, id, isolation, clock.instant())) {
                outbox.add(tx, OutboxKind.PLACEMENT, id, "{}");
            }
            return tenant;
        });
    }

    /**
     * How far the tenant's isolation has come true.
     *
     * @throws dev.vectorhub.problem.ProblemException {@code not-found} for a tenant that has no place
     */
    public IsolationProgress progress(TenantId tenant) {
        return find(tenant)
                .map(IsolationProgress::of)
                .orElseThrow(() -> ProblemException.notFound("placement of tenant", tenant));
    }

    /** Desired, observed, and what stands between them; empty for a tenant that never asked for a place. */
    public Optional<PlacementView> find(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> {
            Optional<Placement> placement = PlacementRows.find(tx, tenant);
            if (placement.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(tx.first(
                            row -> new PlacementView(
                                    placement.get(), null, row.getInt("attempts"), row.getString("last_error")),
                            """
                            select attempts, last_error from outbox
                            where tenant_id = ? and kind = ? and done_at is null
                            """,
                            tenant,
                            OutboxKind.PLACEMENT.code())
                    .orElse(new PlacementView(placement.get(), null, 0, null))
                    .with(PlacementRows.assignment(tx, tenant).orElse(null)));
        });
    }
}
