package dev.vectorhub;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.KeyAuthenticator;
import dev.vectorhub.apikey.KeySettings;
import dev.vectorhub.apikey.KeyUses;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The control core on a database, wired as the container would, with a clock that the test moves. */
public final class Control {
    public static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "op-1", "Olga Operator");
    public static final Limits LIMITS = new Limits(10, 1_000, 1_000_000, 600);

    public final TestClock clock = new TestClock();
    public final Ids ids = new Ids(new SecureRandom());
    public final Scoped scoped;
    public final AuditService audit;
    public final TenantService tenants;
    public final PlanService plans;
    public final QuotaService quotas;
    public final ApiKeyService keys;
    public final KeyUses uses;
    private final ControlDatabase database;

    public Control(ControlDatabase database) {
        this.database = database;
        this.scoped = new Scoped(database.app());
        this.audit = new AuditService(scoped, ids, clock);
        this.tenants = new TenantService(scoped, audit, ids, clock);
        this.plans = new PlanService(scoped, audit, clock);
        this.quotas = new QuotaService(scoped, tenants, clock);
        this.keys = new ApiKeyService(scoped, audit, ids, new SecureRandom(), clock, new TestKeySettings());
        this.uses = new KeyUses(scoped);
    }

    public static Control shared() {
        return new Control(ControlDatabase.shared());
    }

    public ControlDatabase database() {
        return database;
    }

    public KeyAuthenticator authenticator() {
        return new KeyAuthenticator(scoped, uses, clock, new TestKeySettings());
    }

    /** A plan that no other test uses. */
    public String plan(Limits limits) {
        String code = "plan-" + UUID.randomUUID();
        plans.put(new PlanSpec(code, "Test", limits, IsolationMode.NONE), Change.by(OPERATOR, "test"));
        return code;
    }

    /** An active tenant with a plan of its own. */
    public Tenant tenant() {
        return tenant(LIMITS);
    }

    public Tenant tenant(Limits limits) {
        Tenant tenant = tenants.create(
                new NewTenant("Acme", null, "a@acme.example", plan(limits), null, TenantState.PROVISIONING), OPERATOR);
        return tenants.transition(tenant.id(), TenantState.ACTIVE, Change.by(OPERATOR, "placed"));
    }

    public static TenantScope scope(Tenant tenant, Limits limits) {
        return scope(tenant.id(), limits, List.of());
    }

    public static TenantScope scope(TenantId tenant, Limits limits, List<String> patterns) {
        return new TenantScope(
                tenant,
                "Acme",
                TenantState.ACTIVE,
                IsolationMode.NONE,
                limits,
                new UUID(0, 1),
                Set.of(dev.vectorhub.apikey.KeyScope.values()),
                patterns,
                0);
    }

    /** A pepper for tests. */
    public record TestKeySettings() implements KeySettings {
        @Override
        public String pepper() {
            return "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        }

        @Override
        public String env() {
            return "test";
        }
    }
}
