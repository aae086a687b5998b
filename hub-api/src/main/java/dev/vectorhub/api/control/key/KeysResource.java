package dev.vectorhub.api.control.key;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.PageView;
import dev.vectorhub.api.control.Paging;
import dev.vectorhub.api.control.PathIds;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.api.control.idempotency.Idempotency;
import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.tenant.Access;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keys}. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
@CustomDeserialization(StrictJson.class)
public class KeysResource {

    private final ApiKeyService keys;
    private final Idempotency idempotency;

    @Inject
    KeysResource(ApiKeyService keys, Idempotency idempotency) {
        this.keys = keys;
        this.idempotency = idempotency;
    }

    /** What a key is to be. */
    @Schema(name = "KeyInput")
    public record KeyInput(
            @NotBlank @Size(max = 200) String name,

            @Schema(description = "A key gives no scope that it lacks itself") @NotEmpty
            Set<@NotNull KeyScope> scopes,

            @Schema(
                    description =
                            "Globs with * and ?; empty reaches all collections. A key that has any does nothing that"
                                    + " concerns the whole tenant: keys, members, backups, usage")
            @Nullable
            List<@NotBlank @Size(max = 255) String> collectionPatterns,

            @Nullable Instant expiresAt,

            @Schema(description = "A limit of its own, beside the tenant's; absent for none") @Min(1) @Nullable
            Long requestsPerMinute) {

        NewKey toNewKey() {
            return new NewKey(
                    name,
                    scopes,
                    collectionPatterns == null ? List.of() : collectionPatterns,
                    expiresAt,
                    requestsPerMinute);
        }
    }

    /** How to replace a key. */
    @Schema(name = "KeyRotation")
    public record KeyRotation(
            @Schema(description = "Seconds for which the old key works beside the new one")
            @Min(0)
            @Max(30 * 86_400)
            @Nullable
            Integer overlapSeconds) {}

    /** A new key with its secret. */
    @Schema(name = "IssuedKey")
    public record IssuedKeyView(
            @JsonUnwrapped KeyView key,

            @Schema(description = "The whole key; shown this one time")
            String secret) {

        static IssuedKeyView of(IssuedKey issued) {
            return new IssuedKeyView(issued.key(), issued.secret());
        }

        @Override
        public String toString() {
            return "IssuedKeyView[key=" + key + "]";
        }
    }

    @GET
    @Operation(operationId = "keysList", summary = "Lists the keys, the revoked and expired too, newest first")
    @ControlOperation(name = "keys.list", audience = Audience.TENANT)
    public PageView<KeyView> list(@BeanParam Paging paging, @Context RoutingContext http) {
        return PageView.of(keys.page(Caller.tenant(http).tenant(), paging.cursor(), paging.limit()));
    }

    @POST
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IssuedKeyView.class)))
    @Operation(operationId = "keysCreate", summary = "Makes a key; the answer holds its secret, this one time")
    @ControlOperation(name = "keys.create", audience = Audience.TENANT, access = Access.KEYS_CREATE)
    public Response create(
            @HeaderParam(Idempotency.HEADER) @Nullable String idempotencyKey,
            @NotNull @Valid KeyInput input,
            @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        caller.requireGivable(input.scopes());
        return idempotency.created(
                caller,
                idempotencyKey,
                "keys.create",
                input,
                () -> IssuedKeyView.of(keys.issue(caller.tenant(), input.toNewKey(), caller.actor())));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "keysGet", summary = "Shows a key without its secret")
    @ControlOperation(name = "keys.get", audience = Audience.TENANT)
    public KeyView get(@PathParam("id") String id, @Context RoutingContext http) {
        return keys.get(Caller.tenant(http).tenant(), PathIds.uuid("key", id));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "keysRevoke", summary = "Ends a key for good")
    @ControlOperation(name = "keys.revoke", audience = Audience.TENANT, access = Access.KEYS_REVOKE)
    public KeyView revoke(
            @PathParam("id") String id,
            @QueryParam("reason") @Size(max = 1000) @Nullable String reason,
            @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        return keys.revoke(caller.tenant(), PathIds.uuid("key", id), caller.actor(), reason);
    }

    @POST
    @Path("/{id}/rotate")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IssuedKeyView.class)))
    @Operation(
            operationId = "keysRotate",
            summary = "Makes a successor with the same rights; the old key works on for the overlap")
    @ControlOperation(name = "keys.rotate", audience = Audience.TENANT, access = Access.KEYS_CREATE)
    public Response rotate(
            @PathParam("id") String id,
            @HeaderParam(Idempotency.HEADER) @Nullable String idempotencyKey,
            @Valid @Nullable KeyRotation input,
            @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        UUID keyId = PathIds.uuid("key", id);
        caller.requireGivable(keys.get(caller.tenant(), keyId).scopes());
        Integer overlap = input == null ? null : input.overlapSeconds();
        Duration kept = Duration.ofSeconds(overlap == null ? 0 : overlap);
        return idempotency.created(
                caller,
                idempotencyKey,
                "keys.rotate",
                List.of(keyId, kept.toString()),
                () -> IssuedKeyView.of(keys.rotate(caller.tenant(), keyId, kept, caller.actor())));
    }
}
