package dev.vectorhub.quota;

import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Stored ceilings. None of them races: collections are counted by one conditional update; points and bytes are checked by
 * the engine's state machine against the {@link Ceilings} that each command carries.
 */
@Singleton
public class QuotaService {
    private static final Actor WORKER = Actor.system("quota-enforcement");
    private static final int ENFORCED_AT_ONCE = 500;
    private static final int RECORDED_AT_ONCE = 5_000;
    private static final String USAGE = """
            select q.*, p.max_collections, p.max_vectors_per_collection, p.max_storage_bytes, p.max_requests_per_minute,
                p.max_inference_tokens_per_minute
            from %s q join tenant t on t.tenant_id = q.tenant_id join plan p on p.code = t.plan_code
            """;
    private static final String USAGE_OF_ONE = USAGE.formatted("quota_usage") + " where q.tenant_id = ?";
    /** The limit inside: else the planner joins all tenants first. */
    private static final String USAGE_OF_FULLEST =
            USAGE.formatted("(select * from quota_usage order by storage_share desc, tenant_id limit ?)")
                    + " order by q.storage_share desc, q.tenant_id";

    private final Scoped scoped;
    private final TenantService tenants;
    private final Clock clock;

    public QuotaService(Scoped scoped, TenantService tenants, Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** What the engine must not let the tenant pass; put it into every command that writes points. */
    public Ceilings ceilings(TenantScope scope) {
        return Ceilings.newBuilder()
                .setPointsPerCollection(scope.limits().maxVectorsPerCollection())
                .setTenantBytes(scope.limits().maxStorageBytes())
                .build();
    }

    /**
     * Counts collections that the caller's transaction makes, against the plan in force.
     *
     * @throws ProblemException {@code quota-exceeded}
     */
    public void reserveCollections(Tx tx, TenantId tenant, long count) throws SQLException {
        int reserved = tx.update("""
                update quota_usage q set collections = q.collections + ?
                from tenant t join plan p on p.code = t.plan_code
                where q.tenant_id = ? and t.tenant_id = q.tenant_id and q.collections + ? <= p.max_collections
                """, count, tenant, count);
        if (reserved == 0) {
            TenantUsage usage = usage(tx, tenant);
            throw ProblemException.quotaExceeded(
                    "max_collections", usage.limits().maxCollections(), usage.collections(), count);
        }
    }

    /**
     * Refuses at once what {@link #reserveCollections} would refuse as things stand; takes nothing.
     *
     * @throws ProblemException {@code quota-exceeded}
     */
    public void requireCollections(TenantId tenant, long count) {
        TenantUsage usage = usage(tenant);
        if (usage.collections() + count > usage.limits().maxCollections()) {
            throw ProblemException.quotaExceeded(
                    "max_collections", usage.limits().maxCollections(), usage.collections(), count);
        }
    }

    /** Counts a collection in whose place another one ends as soon as it is whole, so that the ceiling does not matter. */
    public void countReplacement(Tx tx, TenantId tenant) throws SQLException {
        tx.update("update quota_usage set collections = collections + 1 where tenant_id = ?", tenant);
    }

    /** Takes collections off the count in the transaction that ends them. */
    public void releaseCollections(Tx tx, TenantId tenant, long count) throws SQLException {
        tx.update(
                "update quota_usage set collections = greatest(collections - ?, 0) where tenant_id = ?", count, tenant);
    }

    /**
     * What a tenant stores, beside its limits.
     *
     * @throws ProblemException {@code not-found}
     */
    public TenantUsage usage(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> usage(tx, tenant));
    }

    /** The tenants that are nearest to their storage limit or over it, nearest first; for operators. */
    public List<TenantUsage> pressure(int limit) {
        return scoped.asSystem(tx -> tx.list(QuotaService::map, USAGE_OF_FULLEST, limit));
    }

    /** Keeps what the engine's gauges say; for the worker that reads them. */
    public void record(List<StorageReading> readings) {
        Instant now = clock.instant();
        for (int from = 0; from < readings.size(); from += RECORDED_AT_ONCE) {
            List<StorageReading> some = readings.subList(from, Math.min(from + RECORDED_AT_ONCE, readings.size()));
            scoped.doAsSystem(tx -> tx.update(
                    """
                    update quota_usage q set points = r.points, collection_points = r.collection_points,
                        logical_bytes = r.logical_bytes, disk_bytes = r.disk_bytes, measured_at = ?
                    from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                        as r (tenant_id, points, collection_points, logical_bytes, disk_bytes)
                    where q.tenant_id = r.tenant_id
                    """,
                    now,
                    some.stream().map(StorageReading::tenant).toList(),
                    numbers(some, StorageReading::points),
                    numbers(some, StorageReading::fullestCollectionPoints),
                    numbers(some, StorageReading::logicalBytes),
                    numbers(some, StorageReading::diskBytes)));
        }
    }

    private static long[] numbers(List<StorageReading> readings, ToLongFunction<StorageReading> number) {
        return readings.stream().mapToLong(number).toArray();
    }

    /**
     * Makes tenants that store more than their plan allows READ_ONLY, and ACTIVE again once they fit; for a worker, after
     * {@link #record}. Returns how many changed.
     */
    public int enforceStorage() {
        int changed = 0;
        for (Breach breach : scoped.asSystem(QuotaService::breaches)) {
            changed += enforce(breach) ? 1 : 0;
        }
        return changed;
    }

    private record Breach(TenantId tenant, long version, boolean over, long bytes, long limit) {}

    private static List<Breach> breaches(Tx tx) throws SQLException {
        return tx.list(
                row -> new Breach(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getLong("version"),
                        row.getLong("logical_bytes") > row.getLong("max_storage_bytes"),
                        row.getLong("logical_bytes"),
                        row.getLong("max_storage_bytes")),
                """
                (select t.tenant_id, t.version, q.logical_bytes, p.max_storage_bytes
                 from quota_usage q join tenant t on t.tenant_id = q.tenant_id join plan p on p.code = t.plan_code
                 where q.storage_share >= 1 and t.state = 'ACTIVE' and q.logical_bytes > p.max_storage_bytes limit ?)
                union all
                (select t.tenant_id, t.version, q.logical_bytes, p.max_storage_bytes
                 from tenant t join quota_usage q on q.tenant_id = t.tenant_id join plan p on p.code = t.plan_code
                 where t.state = 'READ_ONLY' and q.logical_bytes <= p.max_storage_bytes limit ?)
                """,
                ENFORCED_AT_ONCE,
                ENFORCED_AT_ONCE);
    }

    private boolean enforce(Breach breach) {
        String reason = "stores " + breach.bytes() + " of " + breach.limit() + " bytes";
        TenantState to = breach.over() ? TenantState.READ_ONLY : TenantState.ACTIVE;
        try {
            tenants.transition(breach.tenant(), to, new Change(WORKER, reason, breach.version()));
            return true;
        } catch (ProblemException e) {
            // Somebody changed the tenant in between: the next round looks again.
            if (e.type() == ProblemType.PRECONDITION_FAILED || e.type() == ProblemType.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static TenantUsage usage(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(QuotaService::map, USAGE_OF_ONE, tenant)
                .orElseThrow(() -> ProblemException.notFound("tenant", tenant));
    }

    private static TenantUsage map(ResultSet row) throws SQLException {
        return new TenantUsage(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new Limits(
                        row.getLong("max_collections"),
                        row.getLong("max_vectors_per_collection"),
                        row.getLong("max_storage_bytes"),
                        row.getLong("max_requests_per_minute"),
                        row.getLong("max_inference_tokens_per_minute")),
                row.getLong("collections"),
                row.getLong("points"),
                row.getLong("collection_points"),
                row.getLong("logical_bytes"),
                row.getLong("disk_bytes"),
                Tx.instantOrNull(row, "measured_at"));
    }
}
