package dev.vectorhub.api.control.tenant;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.ETags;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/tenant}: the caller's own. */
@Path("/v1/tenant")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenant")
public class OwnTenantResource {

    private final TenantService tenants;
    private final QuotaService quotas;
    private final String apiUrl;

    @Inject
    OwnTenantResource(TenantService tenants, QuotaService quotas, @ConfigProperty(name = "hub.api.url") String apiUrl) {
        this.tenants = tenants;
        this.quotas = quotas;
        this.apiUrl = apiUrl;
    }

    @GET
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OwnTenantView.class)))
    @Operation(
            operationId = "tenantGet",
            summary = "Shows the own tenant: state, plan, limits and what is used of them")
    @ControlOperation(name = "tenant.get", audience = Audience.TENANT, restrictedKeys = true)
    public Response get(@Context RoutingContext http) {
        TenantId id = Caller.tenant(http).tenant();
        Tenant tenant = tenants.get(id);
        return Response.ok(OwnTenantView.of(tenant, quotas.usage(id), apiUrl))
                .header(HttpHeaders.ETAG, ETags.of(tenant.version()))
                .build();
    }
}
