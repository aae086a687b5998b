package dev.vectorhub.api.control.usage;

import dev.vectorhub.billing.export.BillingAccount;
import dev.vectorhub.billing.export.BillingAccounts;
import dev.vectorhub.billing.rating.PlanHistory;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Tells an export who a tenant is. */
@ApplicationScoped
class TenantAccounts implements BillingAccounts {

    private final TenantService tenants;

    @Inject
    TenantAccounts(TenantService tenants) {
        this.tenants = tenants;
    }

    @Override
    public Optional<BillingAccount> find(UUID tenantId) {
        return tenants.find(new TenantId(tenantId))
                .map(tenant -> new BillingAccount(tenantId, tenant.organisation(), plans(tenant.id())));
    }

    private PlanHistory plans(TenantId tenant) {
        return new PlanHistory(tenants.plans(tenant).stream()
                .map(plan -> new PlanHistory.Change(plan.since(), plan.plan()))
                .toList());
    }
}
