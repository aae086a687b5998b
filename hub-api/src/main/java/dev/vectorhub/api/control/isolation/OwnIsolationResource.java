package dev.vectorhub.api.control.isolation;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/tenant/isolation}: the caller's own. Owners choose among what their plan permits. */
@Path("/v1/tenant/isolation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenant")
@CustomDeserialization(StrictJson.class)
public class OwnIsolationResource {

    private final PlacementService placements;
    private final TenantService tenants;
    private final PlanService plans;

    @Inject
    OwnIsolationResource(PlacementService placements, TenantService tenants, PlanService plans) {
        this.placements = placements;
        this.tenants = tenants;
        this.plans = plans;
    }

    @GET
    @Operation(operationId = "tenantIsolationGet", summary = "Shows how far the own tenant's isolation has come true")
    @ControlOperation(name = "tenant.isolation.get", audience = Audience.TENANT)
    public IsolationView get(@Context RoutingContext http) {
        return view(Caller.tenant(http).tenant());
    }

    @POST
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = IsolationView.class)))
    @Operation(
            operationId = "tenantIsolationChange",
            summary = "Changes what the own tenant's data shares with others, as far as the plan permits; for owners")
    @ControlOperation(
            name = "tenant.isolation.change",
            audience = Audience.TENANT,
            access = Access.WRITE,
            ownersOnly = true)
    public Response change(@NotNull @Valid IsolationInput input, @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        placements.changeIsolation(caller.tenant(), input.isolation(), Change.by(caller.actor(), input.reason()));
        return Response.accepted(view(caller.tenant())).build();
    }

    private IsolationView view(TenantId id) {
        return IsolationView.forTenant(
                placements.progress(id), plans.get(tenants.get(id).plan()).isolations());
    }
}
