package dev.vectorhub.api.control.tenant;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.quota.QuotaLine;
import dev.vectorhub.quota.TenantUsage;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant as its own members and keys see it: state, plan, limits and what is used of them. */
@Schema(name = "OwnTenant")
record OwnTenantView(
        UUID id,
        String organisation,
        TenantState state,
        Instant stateSince,
        @Nullable String stateReason,
        String plan,
        IsolationMode isolation,
        Limits limits,
        Stored stored,

        @Schema(description = "Each stored ceiling beside what is used of it")
        List<Quota> quotas,

        @Schema(description = "Where the tenant API is") String api,
        long version) {

    /** What the tenant stores; all but collections as the engine's gauges said last. */
    @Schema(name = "Stored")
    record Stored(
            long collections,
            long points,
            long logicalBytes,
            long diskBytes,
            @Nullable Instant measuredAt) {}

    /** A limit and its use. */
    @Schema(name = "Quota")
    record Quota(String quota, long limit, long used, QuotaLine.Level level) {
        static Quota of(QuotaLine line) {
            return new Quota(line.quota(), line.limit(), line.used(), line.level());
        }
    }

    static OwnTenantView of(Tenant tenant, TenantUsage usage, String apiUrl) {
        return new OwnTenantView(
                tenant.id().value(),
                tenant.organisation(),
                tenant.state(),
                tenant.stateSince(),
                tenant.stateReason(),
                tenant.plan(),
                tenant.isolation(),
                usage.limits(),
                new Stored(
                        usage.collections(),
                        usage.points(),
                        usage.logicalBytes(),
                        usage.diskBytes(),
                        usage.measuredAt()),
                usage.lines().stream().map(Quota::of).toList(),
                apiUrl,
                tenant.version());
    }
}
