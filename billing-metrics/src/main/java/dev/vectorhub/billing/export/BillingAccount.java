package dev.vectorhub.billing.export;

import java.util.UUID;

/** Who a tenant is on a bill: its display name and its plan's code. */
public record BillingAccount(UUID tenantId, String name, String planCode) {}
