package dev.vectorhub.plan;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and writes plans. A change reaches every gateway's cached limits by news of the kind {@code plan}.
 *
 * <p>A plan that the configuration names ({@code hub.tenant_limits}) is written again from there at the next start: see
 * {@link PlanSeeder}.
 */
@Singleton
public class PlanService {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final int NAME_CHARS_MAX = 200;

    private final Scoped scoped;
    private final AuditService audit;
    private final Clock clock;

    public PlanService(Scoped scoped, AuditService audit, Clock clock) {
        this.scoped = scoped;
        this.audit = audit;
        this.clock = clock;
    }

    /** All plans, by code: there are few. */
    public List<Plan> list() {
        return scoped.asSystem(tx -> tx.list(PlanService::map, "select * from plan order by code"));
    }

    public Optional<Plan> find(String code) {
        return scoped.asSystem(tx -> find(tx, code));
    }

    public Plan get(String code) {
        return find(code).orElseThrow(() -> ProblemException.notFound("plan", code));
    }

    /**
     * Makes or replaces a plan. With {@link Change#ifVersion()} it must exist and have that version ({@code
     * precondition-failed} otherwise).
     */
    public Plan put(PlanSpec spec, Change change) {
        validate(spec);
        return scoped.asSystem(tx -> {
            Optional<Plan> before =
                    tx.first(PlanService::map, "select * from plan where code = ? for update", spec.code());
            if (change.ifVersion() != null && (before.isEmpty() || before.get().version() != change.ifVersion())) {
                throw new ProblemException(
                        ProblemType.PRECONDITION_FAILED,
                        "The plan " + spec.code() + " does not have version " + change.ifVersion());
            }
            write(tx, spec, PlanSource.OPERATOR);
            audit.record(
                    tx,
                    AuditEntry.success(
                            AuditAction.PLAN_PUT,
                            change.actor(),
                            null,
                            "plan",
                            spec.code(),
                            change.reason(),
                            Map.of(
                                    "from",
                                            before.map(plan -> plan.limits().toString())
                                                    .orElse("none"),
                                    "to", spec.limits().toString())));
            return find(tx, spec.code()).orElseThrow();
        });
    }

    /** Inserts or replaces, with news if anything changed. */
    void write(Tx tx, PlanSpec spec, PlanSource source) throws SQLException {
        Limits limits = spec.limits();
        int written = tx.update(
                """
                insert into plan (code, name, max_collections, max_vectors_per_collection, max_storage_bytes,
                    max_requests_per_minute, max_inference_tokens_per_minute, isolation, isolations, source, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (code) do update set name = excluded.name, max_collections = excluded.max_collections,
                    max_vectors_per_collection = excluded.max_vectors_per_collection,
                    max_storage_bytes = excluded.max_storage_bytes,
                    max_requests_per_minute = excluded.max_requests_per_minute,
                    max_inference_tokens_per_minute = excluded.max_inference_tokens_per_minute,
                    isolation = excluded.isolation,
                    isolations = excluded.isolations, source = excluded.source, version = plan.version + 1, updated_at = excluded.updated_at
                where (plan.name, plan.max_collections, plan.max_vectors_per_collection, plan.max_storage_bytes,
                       plan.max_requests_per_minute, plan.max_inference_tokens_per_minute, plan.isolation, plan.isolations, plan.source)
                    is distinct from (excluded.name, excluded.max_collections, excluded.max_vectors_per_collection,
                       excluded.max_storage_bytes, excluded.max_requests_per_minute,
                       excluded.max_inference_tokens_per_minute, excluded.isolation,
                       excluded.isolations, excluded.source)
                """,
                spec.code(),
                spec.name(),
                limits.maxCollections(),
                limits.maxVectorsPerCollection(),
                limits.maxStorageBytes(),
                limits.maxRequestsPerMinute(),
                limits.maxInferenceTokensPerMinute(),
                spec.isolation(),
                // in one order, so that the same set is no change
                EnumSet.copyOf(spec.isolations()),
                source,
                clock.instant());
        if (written > 0) {
            new HubEvent(EventKind.PLAN, null, spec.code()).publish(tx);
        }
    }

    static Optional<Plan> find(Tx tx, String code) throws SQLException {
        return tx.first(PlanService::map, "select * from plan where code = ?", code);
    }

    private static void validate(PlanSpec spec) {
        List<FieldError> errors = new ArrayList<>();
        if (!CODE.matcher(spec.code()).matches()) {
            errors.add(new FieldError("code", "must match " + CODE.pattern()));
        }
        if (spec.name().isBlank() || spec.name().length() > NAME_CHARS_MAX) {
            errors.add(new FieldError("name", "must have 1 to " + NAME_CHARS_MAX + " characters"));
        }
        if (!spec.isolations().contains(spec.isolation())) {
            errors.add(new FieldError("isolations", "must hold the plan's own isolation, " + spec.isolation()));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
    }

    private static Plan map(ResultSet row) throws SQLException {
        return new Plan(
                row.getString("code"),
                row.getString("name"),
                new Limits(
                        row.getLong("max_collections"),
                        row.getLong("max_vectors_per_collection"),
                        row.getLong("max_storage_bytes"),
                        row.getLong("max_requests_per_minute"),
                        row.getLong("max_inference_tokens_per_minute")),
                IsolationMode.valueOf(row.getString("isolation")),
                Tx.strings(row, "isolations").stream()
                        .map(IsolationMode::valueOf)
                        .collect(Collectors.toSet()),
                PlanSource.valueOf(row.getString("source")),
                row.getLong("version"),
                Tx.instant(row, "updated_at"));
    }
}
