package dev.vectorhub.api.grpc.form;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointBatch;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.UpsertMode;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import dev.vectorhub.engine.wire.v1.VectorKind;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vector;
import java.util.List;
import java.util.Map;

/** Points to write, straight into the engine's form: most of what a tenant ever sends goes through here. */
public final class Upserts {

    private final VectorSchema schema;
    private final Documents documents;
    private long vectorBytes;
    private long payloadBytes;
    private long idBytes;

    private Upserts(VectorSchema schema, Documents documents) {
        this.schema = schema;
        this.documents = documents;
    }

    /**
     * Reads an upsert.
     *
     * @throws TenantApiException 400 or 422; nothing has been written then
     */
    public static PointBatch read(
            io.qdrant.client.grpc.Points.UpsertPoints request, VectorSchema schema, Documents documents) {
        if (request.getShardKeySelector().getShardKeysCount() > 0) {
            throw BodyErrors.unsupported("shard_key_selector", "shard keys are");
        }
        return new Upserts(schema, documents).batch(request);
    }

    private PointBatch batch(io.qdrant.client.grpc.Points.UpsertPoints request) {
        UpsertPoints.Builder upsert = UpsertPoints.newBuilder();
        if (request.hasUpdateMode()) {
            switch (request.getUpdateMode()) {
                case Upsert -> upsert.setMode(UpsertMode.UPSERT);
                case InsertOnly -> upsert.setMode(UpsertMode.INSERT_ONLY);
                case UpdateOnly -> upsert.setMode(UpsertMode.UPDATE_ONLY);
                case UNRECOGNIZED -> throw BodyErrors.format("update_mode", "unknown mode");
            }
        }
        if (request.hasUpdateFilter()) {
            upsert.setCondition(Filters.engine(request.getUpdateFilter()));
        }
        List<PointStruct> points = request.getPointsList();
        for (int i = 0; i < points.size(); i++) {
            upsert.addPoints(point(points.get(i), i));
        }
        return new PointBatch(upsert.build(), vectorBytes, payloadBytes, idBytes);
    }

    private Point point(PointStruct given, int index) {
        Point.Builder point = Point.newBuilder().setId(Ids.engine(given.getId(), "points[" + index + "].id"));
        idBytes += point.getId().hasNum() ? 8 : 16;
        ByteString payload = Values.payload(given.getPayloadMap());
        payloadBytes += payload.size();
        point.setPayload(payload);
        switch (given.getVectors().getVectorsOptionsCase()) {
            case VECTOR -> point.addVectors(vector("", given.getVectors().getVector(), index));
            case VECTORS -> {
                for (Map.Entry<String, Vector> named :
                        given.getVectors().getVectors().getVectorsMap().entrySet()) {
                    point.addVectors(vector(named.getKey(), named.getValue(), index));
                }
            }
            case VECTORSOPTIONS_NOT_SET -> {}
        }
        return point.build();
    }

    @SuppressWarnings("deprecation") // older clients fill the numbers in front of the choice
    private NamedVector vector(String name, Vector vector, int index) {
        if (!schema.has(name)) {
            throw VectorForms.unknown(name, path(name, index));
        }
        boolean dense = vector.getVectorCase() == Vector.VectorCase.DENSE;
        boolean plain = vector.getVectorCase() == Vector.VectorCase.VECTOR_NOT_SET
                && !vector.hasIndices()
                && vector.getVectorsCount() <= 1;
        NamedVector built = schema.kind(name) == VectorKind.DENSE && (dense || plain)
                ? dense(name, vector, dense, index)
                : JsonBody.read(
                        Form.value(out -> Vectors.write(out, vector)),
                        path(name, index),
                        body -> VectorReader.read(body, name, schema, documents));
        vectorBytes += VectorForms.bytes(built);
        return built;
    }

    @SuppressWarnings("deprecation") // older clients fill the numbers in front of the choice
    private NamedVector dense(String name, Vector vector, boolean chosen, int index) {
        Components data = chosen ? vector.getDense()::getData : vector::getData;
        int count = chosen ? vector.getDense().getDataCount() : vector.getDataCount();
        int size = schema.size(name);
        if (count != size) {
            throw VectorForms.wrongSize(size, count, path(name, index));
        }
        return NamedVector.newBuilder()
                .setName(name)
                .setF32(Components.f32(data, count, path(name, index)))
                .build();
    }

    private static String path(String name, int index) {
        return "points[" + index + "].vectors" + (name.isEmpty() ? "" : "." + BodyErrors.shown(name));
    }
}
