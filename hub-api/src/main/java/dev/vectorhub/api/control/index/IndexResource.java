package dev.vectorhub.api.control.index;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.collection.HnswPreset;
import dev.vectorhub.collection.HnswSettings;
import dev.vectorhub.collection.IndexService;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Access;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/collections/{collection}/index}: of the caller's own tenant. */
@Path("/v1/collections/{collection}/index")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Collections")
@CustomDeserialization(StrictJson.class)
public class IndexResource {

    private final CollectionService collections;
    private final IndexService indexes;

    @Inject
    IndexResource(CollectionService collections, IndexService indexes) {
        this.collections = collections;
        this.indexes = indexes;
    }

    /** A preset by name, or values; a value that is left out stays as it is. */
    @Schema(name = "IndexInput")
    public record IndexInput(
            @Schema(description = "fast_search, balanced, high_recall or maximum_recall; then without values") @Nullable
            String preset,

            @Nullable Integer m,
            @Nullable Integer efConstruct,

            @Schema(description = "Breadth of a search that names no hnsw_ef; 0 for the hub's default") @Nullable
            Integer efSearch) {}

    /** What holds for a collection. */
    @Schema(name = "Index")
    public record IndexView(
            @Schema(description = "The preset that has these values") @Nullable
            String preset,

            @Schema(description = "Links of a vertex; 0 for the hub's default, as with the others")
            int m,

            int efConstruct,
            int efSearch) {

        static IndexView of(HnswSettings settings) {
            String preset = null;
            for (HnswPreset one : HnswPreset.values()) {
                if (one.settings().equals(settings)) {
                    preset = one.code();
                }
            }
            return new IndexView(preset, settings.m(), settings.efConstruct(), settings.efSearch());
        }
    }

    @GET
    @Operation(operationId = "indexGet", summary = "Shows what a collection's graphs are built and searched with")
    @ControlOperation(name = "index.get", audience = Audience.TENANT, access = Access.READ, restrictedKeys = true)
    public IndexView get(@PathParam("collection") String collection, @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        return IndexView.of(indexes.get(caller.tenant(), reached(caller, collection)));
    }

    @PUT
    @Operation(
            operationId = "indexPut",
            summary = "Sets what graphs are built with from now on, and searches at once, by preset or values")
    @ControlOperation(name = "index.put", audience = Audience.TENANT, access = Access.WRITE, restrictedKeys = true)
    public IndexView put(
            @PathParam("collection") String collection,
            @NotNull @Valid IndexInput input,
            @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        return IndexView.of(
                indexes.change(caller.tenant(), reached(caller, collection), current -> settings(input, current)));
    }

    /** The collection's own name, which an alias may turn to another meanwhile. */
    private String reached(Caller.OfTenant caller, String named) {
        if (!caller.reaches(named)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "The API key does not reach the collection `" + named + "`");
        }
        String name = collections.get(caller.tenant(), named).name();
        if (!caller.reaches(name)) {
            throw ProblemException.notFound("collection", named);
        }
        return name;
    }

    private static HnswSettings settings(IndexInput input, HnswSettings current) {
        if (input.preset() == null) {
            return new HnswSettings(
                    or(input.m(), current.m()),
                    or(input.efConstruct(), current.efConstruct()),
                    or(input.efSearch(), current.efSearch()));
        }
        if (input.m() != null || input.efConstruct() != null || input.efSearch() != null) {
            throw ProblemException.validation("preset", "leaves no room for values: send one or the other");
        }
        return HnswPreset.of("preset", input.preset()).settings();
    }

    private static int or(@Nullable Integer value, int current) {
        return value == null ? current : value;
    }
}
