package dev.vectorhub.tenant;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and their transitions. Each transition is one transaction with its audit row and its news; caches elsewhere
 * learn of it within two seconds.
 *
 * <p>Problems: {@code not-found}; {@code conflict} for a transition that the state does not know; {@code
 * precondition-failed} when {@link Change#ifVersion()} is not the version any more.
 */
@Singleton
public class TenantService {
    public static final int GRACE_DAYS_MIN = 7;
    public static final int GRACE_DAYS_MAX = 30;
    private static final Set<TenantState> PLACED =
            EnumSet.of(TenantState.ACTIVE, TenantState.READ_ONLY, TenantState.SUSPENDED);

    private final Scoped scoped;
    private final AuditService audit;
    private final Ids ids;
    private final Clock clock;

    public TenantService(Scoped scoped, AuditService audit, Ids ids, Clock clock) {
        this.scoped = scoped;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    public Tenant create(NewTenant wanted, Actor actor) {
        return scoped.asSystem(tx -> create(tx, wanted, actor));
    }

    /** Writes the tenant, its quota counters and its audit in the caller's system transaction. */
    public Tenant create(Tx tx, NewTenant wanted, Actor actor) throws SQLException {
        TenantId id = new TenantId(ids.next());
        Instant now = clock.instant();
        IsolationMode isolation = isolation(tx, wanted.plan(), wanted.isolation());
        tx.update(
                """
                insert into tenant (tenant_id, organisation, organisation_id, contact_email, state, state_since,
                    plan_code, isolation, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                wanted.organisation(),
                wanted.organisationId(),
                wanted.contactEmail(),
                wanted.state(),
                now,
                wanted.plan(),
                isolation,
                now,
                now);
        tx.update("insert into quota_usage (tenant_id) values (?)", id);
        audit.record(
                tx,
                AuditEntry.success(
                        AuditAction.TENANT_CREATE,
                        actor,
                        id,
                        "tenant",
                        id,
                        null,
                        Map.of("state", wanted.state().name(), "plan", wanted.plan(), "isolation", isolation.name())));
        return TenantRows.get(tx, id);
    }

    public Tenant get(TenantId id) {
        return scoped.asTenant(id, tx -> TenantRows.get(tx, id));
    }

    public Optional<Tenant> find(TenantId id) {
        return scoped.asTenant(id, tx -> TenantRows.find(tx, id));
    }

    /** The tenant of an organisation of the identity provider. */
    public Optional<Tenant> findByOrganisationId(String organisationId) {
        return scoped.asSystem(tx -> TenantRows.findByOrganisationId(tx, organisationId));
    }

    /** Everybody's tenants, for operators. */
    public Page<Tenant> page(TenantQuery query, @Nullable String cursor, int limit) {
        return scoped.asSystem(tx -> TenantRows.page(tx, query, cursor, Page.limit(limit)));
    }

    /** How many tenants are in each state; states without any are missing. */
    public Map<TenantState, Long> countByState() {
        return scoped.asSystem(TenantRows::countByState);
    }

    /** Tenants in DELETING whose grace is over, the longest waiting first. */
    public List<Tenant> dueForErasure(int limit) {
        return scoped.asSystem(tx -> TenantRows.dueForErasure(tx, clock.instant(), limit));
    }

    public Tenant suspend(TenantId id, Change change) {
        return scoped.asSystem(tx -> move(tx, locked(tx, id, change), TenantState.SUSPENDED, change, null));
    }

    /** From SUSPENDED to where it was. */
    public Tenant resume(TenantId id, Change change) {
        return scoped.asSystem(tx -> back(tx, locked(tx, id, change), TenantState.SUSPENDED, change));
    }

    /**
     * Starts the deletion; the tenant can be restored until the grace ends.
     *
     * @param graceDays {@value #GRACE_DAYS_MIN} to {@value #GRACE_DAYS_MAX}
     */
    public Tenant delete(TenantId id, Change change, int graceDays) {
        if (graceDays < GRACE_DAYS_MIN || graceDays > GRACE_DAYS_MAX) {
            throw ProblemException.validation(
                    "graceDays", "must be between " + GRACE_DAYS_MIN + " and " + GRACE_DAYS_MAX);
        }
        Instant eraseAfter = clock.instant().plus(Duration.ofDays(graceDays));
        return scoped.asSystem(tx -> move(tx, locked(tx, id, change), TenantState.DELETING, change, eraseAfter));
    }

    /** Takes a deletion back: the tenant is where it was. */
    public Tenant restore(TenantId id, Change change) {
        return scoped.asSystem(tx -> {
            TenantRows.Locked before = locked(tx, id, change);
            Instant eraseAfter = before.tenant().eraseAfter();
            if (eraseAfter != null && !eraseAfter.isAfter(clock.instant())) {
                throw new ProblemException(ProblemType.CONFLICT, "The grace of the deletion is over");
            }
            return back(tx, before, TenantState.DELETING, change);
        });
    }

    public Tenant changePlan(TenantId id, String plan, Change change) {
        return scoped.asSystem(tx -> {
            TenantRows.Locked before = locked(tx, id, change);
            if (before.tenant().state() == TenantState.DELETED) {
                throw new ProblemException(ProblemType.CONFLICT, "A deleted tenant has no plan to change");
            }
            if (tx.first(row -> true, "select 1 from plan where code = ?", plan).isEmpty()) {
                throw ProblemException.validation("plan", "there is no plan " + plan);
            }
            tx.update(
                    "update tenant set plan_code = ?, version = version + 1, updated_at = ? where tenant_id = ?",
                    plan,
                    clock.instant(),
                    id);
            audit.record(
                    tx,
                    AuditEntry.success(
                            AuditAction.TENANT_PLAN,
                            change.actor(),
                            id,
                            "tenant",
                            id,
                            change.reason(),
                            Map.of("from", before.tenant().plan(), "to", plan)));
            new HubEvent(EventKind.TENANT, id.value(), "plan").publish(tx);
            return TenantRows.get(tx, id);
        });
    }

    /**
     * Writes down another isolation in the caller's system transaction; the placement, which makes it true, is the caller's.
     *
     * @throws ProblemException {@code validation-failed} for a mode that the plan does not permit, {@code conflict} for a
     *     tenant that has no place
     */
    public Tenant changeIsolation(Tx tx, TenantId id, IsolationMode isolation, Change change) throws SQLException {
        Tenant before = locked(tx, id, change).tenant();
        if (!PLACED.contains(before.state())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The isolation of a tenant that is " + before.state() + " cannot change",
                    Map.of("state", before.state().name()));
        }
        isolation(tx, before.plan(), isolation);
        if (before.isolation() == isolation) {
            return before;
        }
        tx.update(
                "update tenant set isolation = ?, version = version + 1, updated_at = ? where tenant_id = ?",
                isolation,
                clock.instant(),
                id);
        audit.record(
                tx,
                AuditEntry.success(
                        AuditAction.TENANT_ISOLATION,
                        change.actor(),
                        id,
                        "tenant",
                        id,
                        change.reason(),
                        Map.of("from", before.isolation().name(), "to", isolation.name())));
        new HubEvent(EventKind.TENANT, id.value(), "isolation").publish(tx);
        return TenantRows.get(tx, id);
    }

    /** The mode that is wanted, or else the plan's. */
    private static IsolationMode isolation(Tx tx, String plan, @Nullable IsolationMode wanted) throws SQLException {
        record Modes(IsolationMode own, List<String> permitted) {}
        Modes modes = tx.first(
                        row -> new Modes(IsolationMode.valueOf(row.getString(1)), Tx.strings(row, "isolations")),
                        "select isolation, isolations from plan where code = ?",
                        plan)
                .orElseThrow(() -> ProblemException.validation("plan", "there is no plan " + plan));
        if (wanted == null) {
            return modes.own();
        }
        if (!modes.permitted().contains(wanted.name())) {
            throw ProblemException.validation(
                    "isolation", "the plan " + plan + " permits " + modes.permitted() + ", not " + wanted);
        }
        return wanted;
    }

    /** The plans that the tenant has had, oldest first; the last one is in force. */
    public List<PlanSince> plans(TenantId id) {
        return scoped.asTenant(
                id,
                tx -> tx.list(
                        row -> new PlanSince(row.getString("plan_code"), Tx.instant(row, "valid_from")),
                        "select plan_code, valid_from from tenant_plan where tenant_id = ? order by valid_from",
                        id));
    }

    /** Notes the identity provider's organisation, once it exists. */
    public void linkOrganisation(Tx tx, TenantId id, String organisationId) throws SQLException {
        int touched = tx.update("""
                update tenant set organisation_id = ?, version = version + 1, updated_at = ?
                where tenant_id = ? and (organisation_id is null or organisation_id = ?)
                """, organisationId, clock.instant(), id, organisationId);
        if (touched == 0) {
            throw new ProblemException(ProblemType.CONFLICT, "The tenant belongs to another organisation");
        }
    }

    /** Reads the tenant in the caller's system transaction and keeps it as it is until that ends. */
    public Tenant lock(Tx tx, TenantId id) throws SQLException {
        return TenantRows.lock(tx, id).tenant();
    }

    /** Any transition that the state machine knows, in a transaction of its own; for workers. */
    public Tenant transition(TenantId id, TenantState to, Change change) {
        return scoped.asSystem(tx -> transition(tx, id, to, change));
    }

    /** Any transition that the state machine knows, in the caller's system transaction. To its own state is a no-op. */
    public Tenant transition(Tx tx, TenantId id, TenantState to, Change change) throws SQLException {
        TenantRows.Locked before = locked(tx, id, change);
        return before.tenant().state() == to ? before.tenant() : move(tx, before, to, change, null);
    }

    private TenantRows.Locked locked(Tx tx, TenantId id, Change change) throws SQLException {
        TenantRows.Locked row = TenantRows.lock(tx, id);
        if (change.ifVersion() != null && change.ifVersion() != row.tenant().version()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "The tenant has version " + row.tenant().version() + ", not " + change.ifVersion());
        }
        return row;
    }

    private Tenant back(Tx tx, TenantRows.Locked before, TenantState from, Change change) throws SQLException {
        TenantState returnTo = before.returnState();
        if (before.tenant().state() != from || returnTo == null) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The tenant is " + before.tenant().state() + ", not " + from);
        }
        return move(tx, before, returnTo, change, null);
    }

    private Tenant move(Tx tx, TenantRows.Locked before, TenantState to, Change change, @Nullable Instant eraseAfter)
            throws SQLException {
        TenantId id = before.tenant().id();
        TenantState from = before.tenant().state();
        if (!from.mayBecome(to)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "A tenant that is " + from + " cannot become " + to,
                    Map.of("state", from.name()));
        }
        TenantRows.move(tx, before, to, change.reason(), eraseAfter, clock.instant());
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("from", from.name());
        detail.put("to", to.name());
        if (eraseAfter != null) {
            detail.put("eraseAfter", eraseAfter.toString());
        }
        audit.record(
                tx,
                AuditEntry.success(
                        AuditAction.TENANT_TRANSITION, change.actor(), id, "tenant", id, change.reason(), detail));
        new HubEvent(EventKind.TENANT, id.value(), to.name()).publish(tx);
        return TenantRows.get(tx, id);
    }
}
