package dev.vectorhub.console.tenants;

import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.console.usage.UsedNow;
import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.tenant.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator's page of a tenant shows, but for the requests, which have a period of their own.
 *
 * @param otherPlans that the tenant could change to
 * @param isolation how far it has come true; null for a tenant that has no place
 * @param audit the newest events, newest first
 */
public record TenantSheet(
        Tenant tenant,
        Plan plan,
        List<Plan> otherPlans,
        @Nullable IsolationProgress isolation,
        UsedNow usage,
        List<KeyView> keys,
        List<AuditEvent> audit) {}
