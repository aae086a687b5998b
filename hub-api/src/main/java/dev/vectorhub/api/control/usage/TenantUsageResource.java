package dev.vectorhub.api.control.usage;

import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/tenants/{id}/usage}, for operators. */
@Path("/v1/tenants/{id}/usage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public class TenantUsageResource {

    private final UsageReader usage;
    private final TenantService tenants;

    @Inject
    TenantUsageResource(UsageReader usage, TenantService tenants) {
        this.usage = usage;
        this.tenants = tenants;
    }

    @GET
    @Operation(operationId = "tenantsUsage", summary = "Shows a tenant's usage")
    @ControlOperation(name = "tenants.usage", audience = Audience.OPERATOR)
    public UsageView get(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("granularity") @DefaultValue("total") String granularity) {
        return usage.of(tenants.get(TenantId.parse(id)).id().value(), from, to, granularity);
    }
}
