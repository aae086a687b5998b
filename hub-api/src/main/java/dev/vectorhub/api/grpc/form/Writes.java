package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes: by id or filter, of vectors alone, in batches. */
public final class Writes {

    private Writes() {}

    public static byte[] of(DeletePoints delete) {
        return Form.object(out -> {
            Selections.points(out, delete.getPoints());
            Selections.shard(out, delete.hasShardKeySelector(), delete.getShardKeySelector());
        });
    }

    public static byte[] of(SetPayloadPoints set) {
        return Form.object(out -> {
            Values.write(out, "payload", set.getPayloadMap());
            Selections.points(out, set.getPointsSelector());
            if (set.hasKey()) {
                out.writeStringField("key", set.getKey());
            }
            Selections.shard(out, set.hasShardKeySelector(), set.getShardKeySelector());
        });
    }

    public static byte[] of(DeletePayloadPoints delete) {
        return Form.object(out -> {
            Form.strings(out, "keys", delete.getKeysList());
            Selections.points(out, delete.getPointsSelector());
            Selections.shard(out, delete.hasShardKeySelector(), delete.getShardKeySelector());
        });
    }

    public static byte[] of(ClearPayloadPoints clear) {
        return Form.object(out -> {
            Selections.points(out, clear.getPoints());
            Selections.shard(out, clear.hasShardKeySelector(), clear.getShardKeySelector());
        });
    }

    public static byte[] of(UpdatePointVectors update) {
        return Form.object(out -> {
            vectors(out, update.getPointsList());
            if (update.hasUpdateFilter()) {
                Filters.write(out, "update_filter", update.getUpdateFilter());
            }
            Selections.shard(out, update.hasShardKeySelector(), update.getShardKeySelector());
        });
    }

    public static byte[] of(DeletePointVectors delete) {
        return Form.object(out -> {
            Selections.points(out, delete.getPointsSelector());
            Form.strings(out, "vector", delete.getVectors().getNamesList());
            Selections.shard(out, delete.hasShardKeySelector(), delete.getShardKeySelector());
        });
    }

    private static void vectors(JsonGenerator out, List<PointVectors> points) throws IOException {
        out.writeArrayFieldStart("points");
        for (PointVectors point : points) {
            out.writeStartObject();
            Ids.write(out, "id", point.getId());
            vector(out, point.getVectors());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void vector(JsonGenerator out, Vectors vectors) throws IOException {
        out.writeFieldName("vector");
        switch (vectors.getVectorsOptionsCase()) {
            case VECTOR -> dev.vectorhub.api.grpc.form.Vectors.write(out, vectors.getVector());
            case VECTORS -> {
                out.writeStartObject();
                for (Map.Entry<String, Vector> named :
                        vectors.getVectors().getVectorsMap().entrySet()) {
                    out.writeFieldName(named.getKey());
                    dev.vectorhub.api.grpc.form.Vectors.write(out, named.getValue());
                }
                out.writeEndObject();
            }
            case VECTORSOPTIONS_NOT_SET -> {
                out.writeStartObject();
                out.writeEndObject();
            }
        }
    }

    public static byte[] of(UpdateBatchPoints batch) {
        return Form.object(out -> {
            out.writeArrayFieldStart("operations");
            for (PointsUpdateOperation operation : batch.getOperationsList()) {
                out.writeStartObject();
                operation(out, operation);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    @SuppressWarnings("deprecation") // older clients name points without a message around them
    private static void operation(JsonGenerator out, PointsUpdateOperation operation) throws IOException {
        switch (operation.getOperationCase()) {
            case UPSERT -> Form.object(out, "upsert", fields -> upsert(fields, operation.getUpsert()));
            case DELETE_POINTS ->
                Form.object(
                        out,
                        "delete",
                        fields -> Selections.points(
                                fields, operation.getDeletePoints().getPoints()));
            case DELETE_DEPRECATED ->
                Form.object(out, "delete", fields -> Selections.points(fields, operation.getDeleteDeprecated()));
            case SET_PAYLOAD ->
                Form.object(out, "set_payload", fields -> {
                    Values.write(fields, "payload", operation.getSetPayload().getPayloadMap());
                    Selections.points(fields, operation.getSetPayload().getPointsSelector());
                    if (operation.getSetPayload().hasKey()) {
                        fields.writeStringField("key", operation.getSetPayload().getKey());
                    }
                });
            case OVERWRITE_PAYLOAD ->
                Form.object(out, "overwrite_payload", fields -> {
                    Values.write(
                            fields, "payload", operation.getOverwritePayload().getPayloadMap());
                    Selections.points(fields, operation.getOverwritePayload().getPointsSelector());
                    if (operation.getOverwritePayload().hasKey()) {
                        fields.writeStringField(
                                "key", operation.getOverwritePayload().getKey());
                    }
                });
            case DELETE_PAYLOAD ->
                Form.object(out, "delete_payload", fields -> {
                    Form.strings(fields, "keys", operation.getDeletePayload().getKeysList());
                    Selections.points(fields, operation.getDeletePayload().getPointsSelector());
                });
            case CLEAR_PAYLOAD ->
                Form.object(
                        out,
                        "clear_payload",
                        fields -> Selections.points(
                                fields, operation.getClearPayload().getPoints()));
            case CLEAR_PAYLOAD_DEPRECATED ->
                Form.object(
                        out,
                        "clear_payload",
                        fields -> Selections.points(fields, operation.getClearPayloadDeprecated()));
            case UPDATE_VECTORS ->
                Form.object(out, "update_vectors", fields -> {
                    vectors(fields, operation.getUpdateVectors().getPointsList());
                    if (operation.getUpdateVectors().hasUpdateFilter()) {
                        Filters.write(
                                fields,
                                "update_filter",
                                operation.getUpdateVectors().getUpdateFilter());
                    }
                });
            case DELETE_VECTORS ->
                Form.object(out, "delete_vectors", fields -> {
                    Selections.points(fields, operation.getDeleteVectors().getPointsSelector());
                    Form.strings(
                            fields,
                            "vector",
                            operation.getDeleteVectors().getVectors().getNamesList());
                });
            case OPERATION_NOT_SET -> {}
        }
    }

    private static void upsert(JsonGenerator out, PointsUpdateOperation.PointStructList upsert) throws IOException {
        out.writeArrayFieldStart("points");
        for (PointStruct point : upsert.getPointsList()) {
            out.writeStartObject();
            Ids.write(out, "id", point.getId());
            vector(out, point.getVectors());
            if (point.getPayloadCount() > 0) {
                Values.write(out, "payload", point.getPayloadMap());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        if (upsert.hasUpdateFilter()) {
            Filters.write(out, "update_filter", upsert.getUpdateFilter());
        }
        if (upsert.hasUpdateMode()) {
            out.writeStringField("update_mode", mode(upsert.getUpdateMode()));
        }
        Selections.shard(out, upsert.hasShardKeySelector(), upsert.getShardKeySelector());
    }

    static String mode(UpdateMode mode) {
        return switch (mode) {
            case Upsert -> "upsert";
            case InsertOnly -> "insert_only";
            case UpdateOnly -> "update_only";
            case UNRECOGNIZED -> "unknown";
        };
    }
}
