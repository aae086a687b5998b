package dev.vectorhub.api.bench;

import dev.vectorhub.api.pipeline.DeclaresOperation;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.client.Slots;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Two resources that answer the same bytes on the same kind of thread: one bare, one behind the whole pipeline (key,
 * state, limit) with the ceilings of a write and the look-up of the node. The difference of their CPU is the pipeline's.
 */
@Path("/bench")
@Produces(MediaType.APPLICATION_JSON)
public class BenchResource {

    /** Declares a resource that nothing stands in front of. */
    @DeclaresOperation
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Bare {}

    private static final String ANSWER = "{\"result\":true,\"status\":\"ok\",\"time\":0.0}";

    private final QuotaService quotas;
    private final EngineClient engine;
    private final boolean enabled;

    @Inject
    BenchResource(
            QuotaService quotas,
            EngineClient engine,
            @ConfigProperty(name = "hub.api.bench-enabled", defaultValue = "false") boolean enabled) {
        this.quotas = quotas;
        this.engine = engine;
        this.enabled = enabled;
    }

    @GET
    @Path("/echo")
    @Operation(hidden = true)
    @Bare
    public String echo() {
        requireEnabled();
        return ANSWER;
    }

    @GET
    @Path("/pipeline")
    @Operation(hidden = true)
    @TenantOperation(
            name = "bench.pipeline",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public String pipeline(@Context RoutingContext http) {
        requireEnabled();
        TenantCall call = TenantCall.of(http);
        if (quotas.ceilings(call.scope()).getTenantBytes() == 0
                || node(call.scope().tenant().value()).isEmpty()) {
            throw new IllegalStateException("a tenant without ceiling or node");
        }
        return ANSWER;
    }

    private String node(UUID tenant) {
        return engine.table().node(Slots.of(tenant.getMostSignificantBits(), tenant.getLeastSignificantBits()));
    }

    private void requireEnabled() {
        if (!enabled) {
            throw new NotFoundException();
        }
    }
}
