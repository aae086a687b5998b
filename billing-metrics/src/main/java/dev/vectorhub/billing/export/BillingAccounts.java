package dev.vectorhub.billing.export;

import java.util.Optional;
import java.util.UUID;

/** Port to the tenant directory; the application that offers exports implements it. */
@FunctionalInterface
public interface BillingAccounts {
    /** The account of a tenant; empty for one that was erased. */
    Optional<BillingAccount> find(UUID tenantId);
}
