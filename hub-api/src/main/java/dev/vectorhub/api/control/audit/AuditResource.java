package dev.vectorhub.api.control.audit;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.PageView;
import dev.vectorhub.api.control.Paging;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.TenantId;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/audit}, newest first, each event in OCSF's shape. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public class AuditResource {

    private final AuditService audit;

    @Inject
    AuditResource(AuditService audit) {
        this.audit = audit;
    }

    @GET
    @Operation(
            operationId = "auditList",
            summary = "Lists the tenant's own events; for operators those of all tenants, or of the one named")
    @ControlOperation(name = "audit.list", audience = Audience.TENANT_OR_OPERATOR)
    public PageView<Map<String, Object>> list(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("action") @Nullable String action,
            @QueryParam("actor") @Nullable String actor,
            @BeanParam Paging paging,
            @Context RoutingContext http) {
        AuditQuery query = new AuditQuery(action, actor);
        Page<AuditEvent> page = switch (Caller.of(http)) {
            case Caller.OfTenant own -> audit.page(own.tenant(), query, paging.cursor(), paging.limit());
            case Caller.Operator operator ->
                tenant == null
                        ? audit.pageOfAll(query, paging.cursor(), paging.limit())
                        : audit.page(TenantId.parse(tenant), query, paging.cursor(), paging.limit());
        };
        return PageView.of(page, AuditEvent::toOcsf);
    }
}
