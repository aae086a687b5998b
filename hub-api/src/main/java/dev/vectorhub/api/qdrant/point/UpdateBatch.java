package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.ClearPayload;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.DeletePoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST …/points/batch}: operations that are done one after another. All of them are read before the first is done. */
final class UpdateBatch {

    /** Operations of one batch. */
    static final int OPERATIONS_MAX = 1_000;

    private static final String OPERATIONS =
            "`upsert`, `delete`, `set_payload`, `overwrite_payload`, `delete_payload`, `clear_payload`, `update_vectors`,"
                    + " `delete_vectors`";

    private UpdateBatch() {}

    /** @param bytes that it writes, as the quota counts them */
    record Update(Command.Builder command, long bytes) {}

    static List<Update> read(byte[] bytes, VectorSchema schema, Documents documents) {
        return JsonBody.read(bytes, body -> {
            body.expectObject();
            List<Update> updates = new ArrayList<>();
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                if (field.equals("operations")) {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        if (updates.size() == OPERATIONS_MAX) {
                            throw body.invalid("a batch has at most " + OPERATIONS_MAX + " operations");
                        }
                        updates.add(operation(body, schema, documents));
                    }
                } else {
                    body.skip();
                }
            }
            if (seen == 0) {
                throw body.missing("operations");
            }
            return updates;
        });
    }

    /** An object with the operation's name as a field; what else stands there is ignored, as Qdrant does, but for another operation. */
    private static Update operation(JsonBody body, VectorSchema schema, Documents documents) {
        body.expectObject();
        Update update = null;
        String unknown = "";
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            Update read = update(field, body, schema, documents);
            if (read == null) {
                unknown = field;
                body.skip();
            } else if (update != null) {
                throw body.format("one operation is expected in each element");
            } else {
                update = read;
            }
        }
        if (update == null) {
            throw body.format("unknown operation `" + BodyErrors.shown(unknown) + "`, expected one of " + OPERATIONS);
        }
        return update;
    }

    /** Null where no operation is called that. */
    private static @Nullable Update update(String name, JsonBody body, VectorSchema schema, Documents documents) {
        Command.Builder command = Command.newBuilder();
        return switch (name) {
            case "upsert" -> {
                PointBatch batch = UpsertReader.read(body, schema, documents);
                yield new Update(command.setUpsert(batch.points()), batch.bytes());
            }
            case "update_vectors" -> {
                VectorBatch batch = UpsertReader.readVectors(body, schema, documents);
                yield new Update(command.setUpdateVectors(batch.update()), batch.bytes());
            }
            case "delete" ->
                new Update(
                        command.setDeletePoints(DeletePoints.newBuilder().setSelector(SelectorReader.read(body))), 0);
            case "delete_vectors" ->
                new Update(command.setDeleteVectors(PayloadRequests.deleteVectors(body, schema)), 0);
            case "set_payload" -> new Update(command.setSetPayload(PayloadRequests.set(body, false)), 0);
            case "overwrite_payload" -> new Update(command.setSetPayload(PayloadRequests.set(body, true)), 0);
            case "delete_payload" -> new Update(command.setDeletePayload(PayloadRequests.delete(body)), 0);
            case "clear_payload" ->
                new Update(
                        command.setClearPayload(ClearPayload.newBuilder().setSelector(SelectorReader.read(body))), 0);
            default -> null;
        };
    }
}
