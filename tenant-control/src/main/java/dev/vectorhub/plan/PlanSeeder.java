package dev.vectorhub.plan;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings the plans of the configuration and of the code into the database. Called at the start of the hub, after the
 * migrations; any number of hubs may do it, any number of times.
 *
 * <p>Who wins:
 *
 * <ol>
 *   <li>A plan that {@code hub.tenant_limits} names is as the configuration says, at every start; an operator's change
 *       to it lasts until then.
 *   <li>A plan that an operator wrote and the configuration does not name stays as it is.
 *   <li>{@code default}, {@code enterprise} (the guide's numbers) and {@code free} exist in any case, with {@code
 *       hub.tenant_isolation}.
 * </ol>
 *
 * A plan that the configuration stops naming stays as it was: tenants may be on it.
 */
@Singleton
public class PlanSeeder {
    private static final long GIB = 1L << 30;
    private static final Map<String, Limits> BUILTIN = Map.of(
            "free", new Limits(5, 100_000, GIB, 300, 20_000),
            "default", new Limits(100, 10_000_000, 100 * GIB, 1_000),
            "enterprise", new Limits(1_000, 100_000_000, 1024 * GIB, 10_000, 2_000_000));

    private final Scoped scoped;
    private final PlanService plans;
    private final TenantLimitsConfig config;
    private final IsolationMode isolation;

    public PlanSeeder(
            Scoped scoped,
            PlanService plans,
            TenantLimitsConfig config,
            @ConfigProperty(name = "hub.tenant_isolation", defaultValue = "NONE") IsolationMode isolation) {
        this.scoped = scoped;
        this.plans = plans;
        this.config = config;
        this.isolation = isolation;
    }

    /** Writes what differs. Limits that are out of range stop the start with a message that names the key. */
    public void seed() {
        scoped.doAsSystem(tx -> {
            for (Map.Entry<String, TenantLimitsConfig.TenantLimits> entry :
                    config.plans().entrySet()) {
                String code = entry.getKey();
                plans.write(tx, spec(code, limits(code, entry.getValue()), isolation), PlanSource.CONFIG);
            }
            for (Map.Entry<String, Limits> entry : BUILTIN.entrySet()) {
                if (!config.plans().containsKey(entry.getKey())) {
                    seedBuiltin(tx, spec(entry.getKey(), entry.getValue(), isolation));
                }
            }
        });
    }

    private void seedBuiltin(Tx tx, PlanSpec spec) throws SQLException {
        List<Boolean> foreign = tx.list(
                row -> !row.getString(1).equals(PlanSource.BUILTIN.name()),
                "select source from plan where code = ? for update",
                spec.code());
        if (foreign.isEmpty() || !foreign.getFirst()) {
            plans.write(tx, spec, PlanSource.BUILTIN);
        }
    }

    private static PlanSpec spec(String code, Limits limits, IsolationMode isolation) {
        String name = code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
        return new PlanSpec(code, name, limits, isolation);
    }

    private static Limits limits(String code, TenantLimitsConfig.TenantLimits from) {
        try {
            return new Limits(
                    from.maxCollections(),
                    from.maxVectorsPerCollection(),
                    from.maxStorageBytes(),
                    from.maxRequestsPerMinute(),
                    from.maxInferenceTokensPerMinute());
        } catch (ProblemException e) {
            throw new IllegalArgumentException("hub.tenant_limits." + code + ": " + e.getMessage(), e);
        }
    }
}
