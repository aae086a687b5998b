package dev.vectorhub.api.control.usage;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.billing.export.BillingAccounts;
import dev.vectorhub.billing.export.ExportRequest;
import dev.vectorhub.billing.export.ExportService;
import dev.vectorhub.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/usage} and its exports. */
@Path("/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public class UsageResource {

    private final UsageReader usage;
    private final ExportService exports;
    private final BillingAccounts accounts;
    private final Clock clock;

    @Inject
    UsageResource(UsageReader usage, ExportService exports, BillingAccounts accounts, Clock clock) {
        this.usage = usage;
        this.exports = exports;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "usageGet",
            summary = "Shows the tenant's usage; without an interval the last 30 days up to now")
    @ControlOperation(name = "usage.get", audience = Audience.TENANT)
    public UsageView get(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("granularity") @DefaultValue("total") String granularity,
            @Context RoutingContext http) {
        return usage.of(Caller.tenant(http).tenant().value(), from, to, granularity);
    }

    @GET
    @Path("/export")
    @Produces(MediaType.WILDCARD)
    @APIResponse(
            responseCode = "200",
            content = {@Content(mediaType = "text/csv"), @Content(mediaType = "application/jsonl")})
    @Operation(
            operationId = "usageExport",
            summary = "Exports FOCUS 1.4 as CSV, or hourly usage as JSON lines; for operators of all tenants")
    @ControlOperation(name = "usage.export", audience = Audience.TENANT_OR_OPERATOR)
    public Response export(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @DefaultValue("focus-csv") String format,
            @Context RoutingContext http) {
        UsageInterval interval = UsageInterval.of(from, to, clock.instant());
        UUID tenant = switch (Caller.of(http)) {
            case Caller.OfTenant own -> own.tenant().value();
            case Caller.Operator operator -> null;
        };
        ExportRequest request = new ExportRequest(tenant, interval.from(), interval.to());
        return switch (format) {
            case "focus-csv" ->
                file("text/csv;charset=utf-8", "usage.focus.csv", out -> exports.focusCsv(request, accounts, out));
            case "jsonl" -> file("application/jsonl", "usage.jsonl", out -> exports.jsonl(request, out));
            default -> throw ProblemException.validation("format", "must be focus-csv or jsonl");
        };
    }

    private static Response file(String type, String name, StreamingOutput content) {
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
