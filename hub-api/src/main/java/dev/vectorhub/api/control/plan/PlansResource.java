package dev.vectorhub.api.control.plan;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.ETags;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/plans}. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
@CustomDeserialization(StrictJson.class)
public class PlansResource {

    private final PlanService plans;

    @Inject
    PlansResource(PlanService plans) {
        this.plans = plans;
    }

    /** All plans: there are few, so the list has no pages. */
    @Schema(name = "PlanList")
    public record PlanList(List<PlanView> items) {}

    /** What a plan is to be. */
    @Schema(name = "PlanInput")
    public record PlanInput(
            @NotBlank String name,
            @NotNull @Valid Limits limits,
            @NotNull IsolationMode isolation,

            @Schema(description = "What tenants of the plan may have; without it any mode") @Nullable
            Set<IsolationMode> isolations,

            @Schema(description = "For the audit") @Nullable String reason) {}

    @GET
    @Operation(operationId = "plansList", summary = "Lists the plans")
    @ControlOperation(name = "plans.list", audience = Audience.OPERATOR)
    public PlanList list() {
        return new PlanList(plans.list().stream().map(PlanView::of).toList());
    }

    @GET
    @Path("/{code}")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PlanView.class)))
    @Operation(operationId = "plansGet", summary = "Shows a plan")
    @ControlOperation(name = "plans.get", audience = Audience.OPERATOR)
    public Response get(@PathParam("code") String code) {
        return tagged(plans.get(code));
    }

    @PUT
    @Path("/{code}")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PlanView.class)))
    @Operation(operationId = "plansPut", summary = "Makes or replaces a plan; tenants on it follow at once")
    @ControlOperation(name = "plans.put", audience = Audience.OPERATOR)
    public Response put(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid PlanInput input,
            @Context RoutingContext http) {
        Change change = new Change(
                Caller.operator(http).actor(),
                input.reason() == null ? "put over the API" : input.reason(),
                ETags.version(ifMatch));
        return tagged(plans.put(spec(code, input), change));
    }

    private static PlanSpec spec(String code, PlanInput input) {
        return input.isolations() == null
                ? new PlanSpec(code, input.name(), input.limits(), input.isolation())
                : new PlanSpec(code, input.name(), input.limits(), input.isolation(), input.isolations());
    }

    private static Response tagged(Plan plan) {
        return Response.ok(PlanView.of(plan))
                .header(HttpHeaders.ETAG, ETags.of(plan.version()))
                .build();
    }
}
