package dev.vectorhub.api;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.placement.PlacementReconciler;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tenants and keys for tests, made by the services that make the real ones. */
@ApplicationScoped
public class Tenants {

    public static final Actor TEST = Actor.system("test");

    private final TenantService tenants;
    private final ApiKeyService keys;
    private final PlacementReconciler placements;
    private final PlanService plans;

    @Inject
    Tenants(TenantService tenants, ApiKeyService keys, PlacementReconciler placements, PlanService plans) {
        this.tenants = tenants;
        this.keys = keys;
        this.placements = placements;
        this.plans = plans;
    }

    /** An active tenant of a plan that is made, or changed, to have these limits; both are called the same. */
    public TenantId limited(String plan, Limits limits) {
        plans.put(new PlanSpec(plan, plan, limits, IsolationMode.COLLECTION), Change.by(TEST, "test"));
        return active(plan, plan);
    }

    /** An active tenant of the plan. */
    public TenantId active(String organisation, String plan) {
        Tenant tenant =
                tenants.create(new NewTenant(organisation, null, null, plan, null, TenantState.PROVISIONING), TEST);
        for (int round = 0; round < 100; round++) {
            placements.runOnce();
            if (tenants.get(tenant.id()).state() == TenantState.ACTIVE) {
                return tenant.id();
            }
            pause();
        }
        throw new AssertionError("the tenant did not become active");
    }

    /** A key for everything. */
    public IssuedKey key(TenantId tenant) {
        return key(tenant, EnumSet.allOf(KeyScope.class), List.of(), null);
    }

    public IssuedKey key(TenantId tenant, Set<KeyScope> scopes, List<String> patterns, @Nullable Instant expiresAt) {
        return keys.issue(tenant, new NewKey("test", scopes, patterns, expiresAt), TEST);
    }

    /** Another process (a worker of the hub under test) may hold the work; it needs a moment. */
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
