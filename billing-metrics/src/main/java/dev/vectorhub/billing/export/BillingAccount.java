package dev.vectorhub.billing.export;

import dev.vectorhub.billing.rating.PlanHistory;
import java.util.UUID;

/** Who a tenant is on a bill: its display name and the plans that price its usage. */
public record BillingAccount(UUID tenantId, String name, PlanHistory plans) {}
