package dev.vectorhub.api.startup;

import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.plan.PlanSeeder;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** What is done once the configuration is accepted and the schema migrated, and before the port opens. */
@ApplicationScoped
class HubStart {

    /** After the configuration's checks. */
    static final int PREPARE = ProductionReadinessChecks.FIRST + 1;

    private final PlanSeeder plans;
    private final Instance<EngineClient> engine;

    @Inject
    HubStart(PlanSeeder plans, Instance<EngineClient> engine) {
        this.plans = plans;
        this.engine = engine;
    }

    void onStart(@Observes @Priority(PREPARE) StartupEvent event) {
        plans.seed();
        // Opened now: recovery and warming the kernels belong to the start, not to somebody's first request.
        engine.get();
    }
}
