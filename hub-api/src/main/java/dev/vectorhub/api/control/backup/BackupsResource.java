package dev.vectorhub.api.control.backup;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.PathIds;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/backups}: a tenant's own, or for operators those of the tenant that is named. Work is done by a worker. */
@Path("/v1/backups")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backups")
@CustomDeserialization(StrictJson.class)
public class BackupsResource {

    private final BackupService backups;

    @Inject
    BackupsResource(BackupService backups) {
        this.backups = backups;
    }

    /** All of one tenant: there are few, so the list has no pages. */
    @Schema(name = "BackupList")
    public record BackupList(List<BackupView> items) {}

    /** The newest of one tenant. */
    @Schema(name = "RestoreList")
    public record RestoreList(List<RestoreView> items) {}

    /** A backup that is wanted. */
    @Schema(name = "BackupInput")
    public record BackupInput(
            @Schema(description = "Whose; operators only, who must say it") @Nullable
            String tenant,

            @Size(max = 200) @Nullable String label) {}

    /** What a backup is restored as: collections beside those of its tenant, or a new tenant. */
    @Schema(name = "RestoreInput")
    public record RestoreInput(
            @Schema(description = "Before each collection's name, in the backup's own tenant")
            @Size(max = 100)
            @Nullable
            String prefix,

            @Schema(description = "Name of a new tenant that gets the collections; operators only")
            @Size(max = 200)
            @Nullable
            String organisation,

            @Schema(description = "The new tenant's plan; default is `default`") @Nullable
            String plan,

            @Schema(description = "The new tenant's isolation; default is the plan's") @Nullable
            IsolationMode isolation,

            @Schema(description = "Whom to write to about the new tenant") @Email @Nullable
            String contactEmail) {}

    @GET
    @Operation(operationId = "backupsList", summary = "Lists the tenant's backups; operators name the tenant")
    @ControlOperation(name = "backups.list", audience = Audience.TENANT_OR_OPERATOR, access = Access.EXPORT)
    public BackupList list(@QueryParam("tenant") @Nullable String tenant, @Context RoutingContext http) {
        return new BackupList(
                backups.list(tenant(http, tenant)).stream().map(BackupView::of).toList());
    }

    @POST
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = BackupView.class)))
    @Operation(operationId = "backupsCreate", summary = "Has a backup of all collections written, while writes go on")
    @ControlOperation(name = "backups.create", audience = Audience.TENANT_OR_OPERATOR, access = Access.EXPORT)
    public Response create(@NotNull @Valid BackupInput input, @Context RoutingContext http) {
        Backup asked = backups.request(
                tenant(http, input.tenant()),
                input.label() == null ? "" : input.label(),
                Caller.of(http).actor());
        return Response.accepted(BackupView.of(asked)).build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "backupsGet", summary = "Shows a backup and how far it is")
    @ControlOperation(name = "backups.get", audience = Audience.TENANT_OR_OPERATOR, access = Access.EXPORT)
    public BackupView get(@PathParam("id") String id, @Context RoutingContext http) {
        return BackupView.of(find(id, http));
    }

    @DELETE
    @Path("/{id}")
    @APIResponse(responseCode = "202")
    @Operation(operationId = "backupsDelete", summary = "Has a backup's file removed")
    @ControlOperation(name = "backups.delete", audience = Audience.TENANT_OR_OPERATOR, access = Access.DELETE_DATA)
    public Response delete(@PathParam("id") String id, @Context RoutingContext http) {
        Backup backup = find(id, http);
        backups.delete(backup.tenant(), backup.id(), Caller.of(http).actor());
        return Response.accepted().build();
    }

    @POST
    @Path("/{id}/restore")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RestoreView.class)))
    @Operation(
            operationId = "backupsRestore",
            summary = "Has a backup's collections written anew: beside the tenant's own, or into a new tenant")
    @ControlOperation(name = "backups.restore", audience = Audience.TENANT_OR_OPERATOR, access = Access.WRITE)
    public Response restore(
            @PathParam("id") String id, @NotNull @Valid RestoreInput input, @Context RoutingContext http) {
        return Response.accepted(RestoreView.of(asked(find(id, http), input, http)))
                .build();
    }

    @GET
    @Path("/restores")
    @Operation(
            operationId = "restoresList",
            summary = "Lists the newest restores into the tenant; operators name the tenant")
    @ControlOperation(name = "backups.restores", audience = Audience.TENANT_OR_OPERATOR, access = Access.EXPORT)
    public RestoreList restores(@QueryParam("tenant") @Nullable String tenant, @Context RoutingContext http) {
        return new RestoreList(backups.restorations(tenant(http, tenant)).stream()
                .map(RestoreView::of)
                .toList());
    }

    @GET
    @Path("/restores/{id}")
    @Operation(operationId = "restoresGet", summary = "Shows a restore and how far it is")
    @ControlOperation(name = "backups.restores.get", audience = Audience.TENANT_OR_OPERATOR, access = Access.EXPORT)
    public RestoreView restoration(@PathParam("id") String id, @Context RoutingContext http) {
        UUID restore = PathIds.uuid("restore", id);
        return RestoreView.of(
                switch (Caller.of(http)) {
                    case Caller.OfTenant own -> backups.restoration(own.tenant(), restore);
                    case Caller.Operator operator -> backups.restoration(restore);
                });
    }

    private Restoration asked(Backup backup, RestoreInput input, RoutingContext http) {
        if ((input.prefix() == null) == (input.organisation() == null)) {
            throw ProblemException.validation("prefix", "is needed, or organisation, and not both");
        }
        Caller caller = Caller.of(http);
        if (input.prefix() != null) {
            return backups.restoreBeside(backup.tenant(), backup.id(), input.prefix(), caller.actor());
        }
        if (!(caller instanceof Caller.Operator)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only operators may make a tenant of a backup");
        }
        NewTenant wanted = new NewTenant(
                String.valueOf(input.organisation()),
                null,
                input.contactEmail(),
                input.plan() == null ? "default" : input.plan(),
                input.isolation(),
                TenantState.PROVISIONING);
        return backups.restoreAsTenant(backup.id(), wanted, caller.actor());
    }

    private Backup find(String id, RoutingContext http) {
        UUID backup = PathIds.uuid("backup", id);
        return switch (Caller.of(http)) {
            case Caller.OfTenant own -> backups.get(own.tenant(), backup);
            case Caller.Operator operator -> backups.get(backup);
        };
    }

    private static TenantId tenant(RoutingContext http, @Nullable String named) {
        return switch (Caller.of(http)) {
            case Caller.OfTenant own -> {
                if (named != null && !TenantId.parse(named).equals(own.tenant())) {
                    throw ProblemException.notFound("tenant", named);
                }
                yield own.tenant();
            }
            case Caller.Operator operator -> {
                if (named == null) {
                    throw ProblemException.validation("tenant", "is needed of an operator");
                }
                yield TenantId.parse(named);
            }
        };
    }
}
