package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.api.qdrant.search.MatrixOperations.Matrix;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code …/points/search/matrix}: distances within a sample, as pairs or as the columns of a sparse matrix. */
@Path("/collections/{collection_name}/points/search/matrix")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MatrixResource {

    private final MatrixOperations matrices;
    private final RequestBounds bounds;

    @Inject
    MatrixResource(MatrixOperations matrices, RequestBounds bounds) {
        this.matrices = matrices;
        this.bounds = bounds;
    }

    private interface Shown {
        void write(JsonGenerator out, Matrix matrix) throws IOException;
    }

    @POST
    @Path("pairs")
    @TenantOperation(
            name = "points.matrixPairs",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply pairs(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        return answer(http, name, consistency, timeout, body, MatrixResource::pairs);
    }

    @POST
    @Path("offsets")
    @TenantOperation(
            name = "points.matrixOffsets",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply offsets(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        return answer(http, name, consistency, timeout, body, MatrixResource::offsets);
    }

    private Reply answer(
            RoutingContext http,
            String name,
            @Nullable String consistency,
            @Nullable String timeout,
            Body body,
            Shown shown) {
        TenantCall call = TenantCall.of(http);
        call.within(QueryParams.read(consistency, timeout));
        Answered<Matrix> found = matrices.matrix(call, name, body.bytes());
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> {
            out.writeStartObject();
            shown.write(out, found.result());
            out.writeEndObject();
        });
    }

    private static void pairs(JsonGenerator out, Matrix matrix) throws IOException {
        out.writeArrayFieldStart("pairs");
        for (int i = 0; i < matrix.ids().size(); i++) {
            for (ScoredPoint other : matrix.nearest().get(i)) {
                out.writeStartObject();
                out.writeFieldName("a");
                PointIdJson.write(out, matrix.ids().get(i));
                out.writeFieldName("b");
                PointIdJson.write(out, other.getId());
                out.writeNumberField("score", other.getScore());
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private static void offsets(JsonGenerator out, Matrix matrix) throws IOException {
        Map<PointId, Integer> places = new HashMap<>();
        for (PointId id : matrix.ids()) {
            places.put(id, places.size());
        }
        out.writeArrayFieldStart("offsets_row");
        for (int row = 0; row < matrix.ids().size(); row++) {
            for (int i = 0; i < matrix.nearest().get(row).size(); i++) {
                out.writeNumber(row);
            }
        }
        out.writeEndArray();
        out.writeArrayFieldStart("offsets_col");
        for (List<ScoredPoint> row : matrix.nearest()) {
            for (ScoredPoint other : row) {
                out.writeNumber(places.getOrDefault(other.getId(), 0));
            }
        }
        out.writeEndArray();
        out.writeArrayFieldStart("scores");
        for (List<ScoredPoint> row : matrix.nearest()) {
            for (ScoredPoint other : row) {
                out.writeNumber(other.getScore());
            }
        }
        out.writeEndArray();
        out.writeArrayFieldStart("ids");
        for (PointId id : matrix.ids()) {
            PointIdJson.write(out, id);
        }
        out.writeEndArray();
    }
}
