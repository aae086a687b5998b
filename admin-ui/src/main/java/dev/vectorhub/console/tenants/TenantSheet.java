package dev.vectorhub.console.tenants;

import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.console.usage.UsedNow;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.tenant.Tenant;
import java.util.List;

/**
 * All that an operator's page of a tenant shows, but for the requests, which have a period of their own.
 *
 * @param otherPlans that the tenant could change to
 * @param audit the newest events, newest first
 */
public record TenantSheet(
        Tenant tenant, Plan plan, List<Plan> otherPlans, UsedNow usage, List<KeyView> keys, List<AuditEvent> audit) {}
