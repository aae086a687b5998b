package dev.vectorhub.api.startup;

import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while each node of the routing table answers. */
@Readiness
@ApplicationScoped
class EngineReady implements HealthCheck {

    private final EngineClient engine;

    @Inject
    EngineReady(EngineClient engine) {
        this.engine = engine;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("engine").up();
        for (String node : engine.table().nodes()) {
            try {
                NodeStatus status = engine.status(node);
                response.withData(node, "kernel " + status.getKernel() + ", tenants " + status.getTenants());
            } catch (EngineException e) {
                response.withData(node, e.code().name()).down();
            }
        }
        return response.build();
    }
}
