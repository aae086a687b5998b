package dev.vectorhub.api.control.tenant;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.ETags;
import dev.vectorhub.api.control.PageView;
import dev.vectorhub.api.control.Paging;
import dev.vectorhub.api.control.Params;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.api.control.idempotency.Idempotency;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/tenants}: all of them, for operators. Changes take {@code If-Match}. */
@Path("/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
@CustomDeserialization(StrictJson.class)
public class TenantsResource {

    private final TenantService tenants;
    private final Idempotency idempotency;

    @Inject
    TenantsResource(TenantService tenants, Idempotency idempotency) {
        this.tenants = tenants;
        this.idempotency = idempotency;
    }

    /** A tenant that an operator makes without signup. */
    @Schema(name = "TenantInput")
    public record TenantInput(
            @NotBlank @Size(max = 200) String organisation,

            @Schema(description = "Whom to write to") @Email @Nullable
            String contactEmail,

            @Schema(description = "A plan's code; default is `default`") @Nullable
            String plan,

            @Schema(description = "Default is the plan's") @Nullable
            IsolationMode isolation) {}

    /** Why something is done. */
    @Schema(name = "Reason")
    public record Reason(@NotBlank @Size(max = 1000) String reason) {}

    /** Another plan. */
    @Schema(name = "PlanChange")
    public record PlanChange(
            @NotBlank String plan,
            @NotBlank @Size(max = 1000) String reason) {}

    /** A deletion that can be taken back until the grace ends. */
    @Schema(name = "Deletion")
    public record Deletion(
            @NotBlank @Size(max = 1000) String reason,

            @Min(TenantService.GRACE_DAYS_MIN) @Max(TenantService.GRACE_DAYS_MAX) @Nullable
            Integer graceDays) {}

    @GET
    @Operation(operationId = "tenantsList", summary = "Lists tenants")
    @ControlOperation(name = "tenants.list", audience = Audience.OPERATOR)
    public PageView<TenantView> list(
            @QueryParam("text") @Size(max = 200) @Nullable String text,
            @QueryParam("state") @Parameter(schema = @Schema(implementation = TenantState.class)) @Nullable
                    String state,
            @QueryParam("plan") @Nullable String plan,
            @QueryParam("sort")
                    @Parameter(schema = @Schema(implementation = TenantQuery.Sort.class, defaultValue = "NEWEST"))
                    @Nullable
                    String sort,
            @BeanParam Paging paging) {
        TenantQuery.Sort order = Params.oneOf("sort", sort, TenantQuery.Sort.class);
        TenantQuery query = new TenantQuery(
                text,
                Params.oneOf("state", state, TenantState.class),
                plan,
                order == null ? TenantQuery.Sort.NEWEST : order);
        return PageView.of(tenants.page(query, paging.cursor(), paging.limit()), TenantView::of);
    }

    @POST
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsCreate", summary = "Makes a tenant without signup")
    @ControlOperation(name = "tenants.create", audience = Audience.OPERATOR)
    public Response create(
            @HeaderParam(Idempotency.HEADER) @Nullable String idempotencyKey,
            @NotNull @Valid TenantInput input,
            @Context RoutingContext http) {
        Caller.Operator operator = Caller.operator(http);
        NewTenant wanted = new NewTenant(
                input.organisation(),
                null,
                input.contactEmail(),
                input.plan() == null ? "default" : input.plan(),
                input.isolation(),
                TenantState.PROVISIONING);
        return idempotency.created(
                operator,
                idempotencyKey,
                "tenants.create",
                input,
                () -> TenantView.of(tenants.create(wanted, operator.actor())));
    }

    @GET
    @Path("/{id}")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsGet", summary = "Shows a tenant")
    @ControlOperation(name = "tenants.get", audience = Audience.OPERATOR)
    public Response get(@PathParam("id") String id) {
        return tagged(tenants.get(TenantId.parse(id)));
    }

    @POST
    @Path("/{id}/suspend")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsSuspend", summary = "Stops a tenant: its keys read and write nothing")
    @ControlOperation(name = "tenants.suspend", audience = Audience.OPERATOR)
    public Response suspend(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid Reason input,
            @Context RoutingContext http) {
        return tagged(tenants.suspend(TenantId.parse(id), change(http, input.reason(), ifMatch)));
    }

    @POST
    @Path("/{id}/resume")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsResume", summary = "Takes a suspension back")
    @ControlOperation(name = "tenants.resume", audience = Audience.OPERATOR)
    public Response resume(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid Reason input,
            @Context RoutingContext http) {
        return tagged(tenants.resume(TenantId.parse(id), change(http, input.reason(), ifMatch)));
    }

    @POST
    @Path("/{id}/plan")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsPlan", summary = "Puts a tenant on another plan")
    @ControlOperation(name = "tenants.plan", audience = Audience.OPERATOR)
    public Response plan(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid PlanChange input,
            @Context RoutingContext http) {
        return tagged(tenants.changePlan(TenantId.parse(id), input.plan(), change(http, input.reason(), ifMatch)));
    }

    @POST
    @Path("/{id}/delete")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsDelete", summary = "Deletes a tenant once the grace is over")
    @ControlOperation(name = "tenants.delete", audience = Audience.OPERATOR)
    public Response delete(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid Deletion input,
            @Context RoutingContext http) {
        int days = input.graceDays() == null ? TenantService.GRACE_DAYS_MAX : input.graceDays();
        return tagged(tenants.delete(TenantId.parse(id), change(http, input.reason(), ifMatch), days));
    }

    @POST
    @Path("/{id}/restore")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @Operation(operationId = "tenantsRestore", summary = "Takes a deletion back within its grace")
    @ControlOperation(name = "tenants.restore", audience = Audience.OPERATOR)
    public Response restore(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid Reason input,
            @Context RoutingContext http) {
        return tagged(tenants.restore(TenantId.parse(id), change(http, input.reason(), ifMatch)));
    }

    private static Change change(RoutingContext http, String reason, @Nullable String ifMatch) {
        return new Change(Caller.operator(http).actor(), reason, ETags.version(ifMatch));
    }

    private static Response tagged(Tenant tenant) {
        return Response.ok(TenantView.of(tenant))
                .header(HttpHeaders.ETAG, ETags.of(tenant.version()))
                .build();
    }
}
