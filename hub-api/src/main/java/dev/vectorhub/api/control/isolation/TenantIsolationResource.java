package dev.vectorhub.api.control.isolation;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.ETags;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/tenants/{id}/isolation}, for operators. A change is asked for here and made true by a worker. */
@Path("/v1/tenants/{id}/isolation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
@CustomDeserialization(StrictJson.class)
public class TenantIsolationResource {

    private final PlacementService placements;
    private final TenantService tenants;
    private final PlanService plans;

    @Inject
    TenantIsolationResource(PlacementService placements, TenantService tenants, PlanService plans) {
        this.placements = placements;
        this.tenants = tenants;
        this.plans = plans;
    }

    @GET
    @Operation(operationId = "tenantsIsolationGet", summary = "Shows how far a tenant's isolation has come true")
    @ControlOperation(name = "tenants.isolation.get", audience = Audience.OPERATOR)
    public IsolationView get(@PathParam("id") String id) {
        return view(TenantId.parse(id));
    }

    @POST
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = IsolationView.class)))
    @Operation(
            operationId = "tenantsIsolationChange",
            summary = "Changes what a tenant's data shares with others; the data moves while it is read and written")
    @ControlOperation(name = "tenants.isolation.change", audience = Audience.OPERATOR)
    public Response change(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid IsolationInput input,
            @Context RoutingContext http) {
        TenantId tenant = TenantId.parse(id);
        Change change = new Change(Caller.operator(http).actor(), input.reason(), ETags.version(ifMatch));
        placements.changeIsolation(tenant, input.isolation(), change);
        return Response.accepted(view(tenant)).build();
    }

    private IsolationView view(TenantId id) {
        return IsolationView.forOperator(
                placements.progress(id), plans.get(tenants.get(id).plan()).isolations());
    }
}
