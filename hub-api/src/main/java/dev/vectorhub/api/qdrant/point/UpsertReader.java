package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.json.PayloadReader;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.UpdateVectors;
import dev.vectorhub.engine.wire.v1.UpsertMode;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code PUT /collections/{name}/points}: {@code points}, a list of points, or {@code batch}, lists of their parts. */
public final class UpsertReader {

    private final JsonBody body;
    private final VectorSchema schema;
    private final Documents documents;
    private long vectorBytes;
    private long payloadBytes;
    private long idBytes;

    private UpsertReader(JsonBody body, VectorSchema schema, Documents documents) {
        this.body = body;
        this.schema = schema;
        this.documents = documents;
    }

    /**
     * Reads an upsert's body.
     *
     * @throws TenantApiException 400 or 422; nothing has been written then
     */
    public static PointBatch read(byte[] bytes, VectorSchema schema, Documents documents) {
        return JsonBody.read(bytes, body -> read(body, schema, documents));
    }

    /** The same of a body within another one. */
    static PointBatch read(JsonBody body, VectorSchema schema, Documents documents) {
        return new UpsertReader(body, schema, documents).request();
    }

    /** {@code PUT …/points/vectors}: {@code points} with id and vectors, and {@code update_filter}. */
    static VectorBatch readVectors(JsonBody body, VectorSchema schema, Documents documents) {
        return new UpsertReader(body, schema, documents).vectorsRequest();
    }

    private VectorBatch vectorsRequest() {
        body.expectObject();
        UpdateVectors.Builder update = UpdateVectors.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "points" -> {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        update.addPoints(point());
                    }
                }
                case "update_filter" -> {
                    seen = body.once(seen, 2);
                    Filter filter = FilterReader.read(body);
                    if (filter != null) {
                        update.setCondition(filter);
                    }
                }
                case "shard_key" -> unsupportedUnlessNull("shard keys are");
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("points");
        }
        return new VectorBatch(update.build(), vectorBytes);
    }

    private PointBatch request() {
        body.expectObject();
        UpsertPoints.Builder points = UpsertPoints.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "points" -> {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        points.addPoints(point());
                    }
                }
                case "batch" -> {
                    seen = body.once(seen, 2);
                    batch(points);
                }
                case "shard_key" -> unsupportedUnlessNull("shard keys are");
                case "update_filter" -> {
                    seen = body.once(seen, 4);
                    Filter filter = FilterReader.read(body);
                    if (filter != null) {
                        points.setCondition(filter);
                    }
                }
                case "update_mode" -> {
                    seen = body.once(seen, 8);
                    if (!body.isNull()) {
                        points.setMode(mode());
                    }
                }
                default -> body.skip();
            }
        }
        int given = seen & 3;
        if (given != 1 && given != 2) {
            throw body.format(
                    given == 0 ? "missing field `points` or `batch`" : "either `points` or `batch`, not both");
        }
        return new PointBatch(points.build(), vectorBytes, payloadBytes, idBytes);
    }

    private void unsupportedUnlessNull(String what) {
        if (!body.isNull()) {
            throw body.unsupported(what);
        }
    }

    private UpsertMode mode() {
        return switch (body.string()) {
            case "upsert" -> UpsertMode.UPSERT;
            case "insert_only" -> UpsertMode.INSERT_ONLY;
            case "update_only" -> UpsertMode.UPDATE_ONLY;
            default -> throw body.mismatch("one of `upsert`, `insert_only`, `update_only`");
        };
    }

    private Point point() {
        body.expectObject();
        Point.Builder point = Point.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "id" -> {
                    seen = body.once(seen, 1);
                    point.setId(id());
                }
                case "vector" -> {
                    seen = body.once(seen, 2);
                    vectors(point);
                }
                case "payload" -> {
                    seen = body.once(seen, 4);
                    point.setPayload(payload());
                }
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("id");
        }
        if ((seen & 2) == 0) {
            throw body.missing("vector");
        }
        return point.build();
    }

    private PointId id() {
        PointId id = PointIdJson.read(body);
        idBytes += id.hasNum() ? 8 : 16;
        return id;
    }

    private ByteString payload() {
        ByteString payload = PayloadReader.read(body);
        payloadBytes += payload.size();
        return payload;
    }

    private NamedVector vector(String name) {
        return counted(VectorReader.read(body, name, schema, documents));
    }

    private NamedVector counted(NamedVector vector) {
        vectorBytes += VectorForms.bytes(vector);
        return vector;
    }

    private void vectors(Point.Builder point) {
        if (!body.at(JsonToken.START_OBJECT)) {
            if (!body.at(JsonToken.START_ARRAY)) {
                throw body.mismatch("a list of numbers or an object of named vectors");
            }
            point.addVectors(vector(""));
            return;
        }
        for (String name = body.nextField(); name != null; name = body.nextField()) {
            boolean isText = body.at(JsonToken.VALUE_STRING) || (Documents.isField(name) && !schema.has(name));
            if (isText && point.getVectorsCount() == 0) {
                point.addVectors(counted(VectorReader.text(body, name, "", schema, documents)));
                return;
            }
            for (int i = 0; i < point.getVectorsCount(); i++) {
                if (point.getVectors(i).getName().equals(name)) {
                    throw body.format("duplicate field");
                }
            }
            point.addVectors(vector(name));
        }
    }

    /** The parts may come in any order, so that they are put together at the end. */
    private void batch(UpsertPoints.Builder points) {
        body.expectObject();
        List<PointId> ids = new ArrayList<>();
        List<List<NamedVector>> vectors = new ArrayList<>();
        List<ByteString> payloads = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "ids" -> {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        ids.add(id());
                    }
                }
                case "vectors" -> {
                    seen = body.once(seen, 2);
                    batchVectors(vectors);
                }
                case "payloads" -> {
                    seen = body.once(seen, 4);
                    if (!body.isNull()) {
                        payloads = batchPayloads();
                    }
                }
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("ids");
        }
        if ((seen & 2) == 0) {
            throw body.missing("vectors");
        }
        for (List<NamedVector> column : vectors) {
            if (column.size() != ids.size()) {
                throw unequal("vectors", ids.size(), column.size());
            }
        }
        if (payloads != null && payloads.size() != ids.size()) {
            throw unequal("payloads", ids.size(), payloads.size());
        }
        assemble(points, ids, vectors, payloads);
    }

    private TenantApiException unequal(String what, int ids, int others) {
        return BodyErrors.invalid(
                "batch", "number of ids and " + what + " must be equal (" + ids + " != " + others + ")");
    }

    private void batchVectors(List<List<NamedVector>> columns) {
        if (body.at(JsonToken.START_ARRAY)) {
            columns.add(column(""));
            return;
        }
        body.expectObject();
        List<String> names = new ArrayList<>();
        for (String name = body.nextField(); name != null; name = body.nextField()) {
            if (names.contains(name)) {
                throw body.format("duplicate field");
            }
            names.add(name);
            body.expectArray();
            columns.add(column(name));
        }
    }

    private List<NamedVector> column(String name) {
        List<NamedVector> column = new ArrayList<>();
        while (body.nextElement()) {
            column.add(vector(name));
        }
        return column;
    }

    private List<ByteString> batchPayloads() {
        body.expectArray();
        List<ByteString> payloads = new ArrayList<>();
        while (body.nextElement()) {
            payloads.add(payload());
        }
        return payloads;
    }

    private static void assemble(
            UpsertPoints.Builder points,
            List<PointId> ids,
            List<List<NamedVector>> vectors,
            @Nullable List<ByteString> payloads) {
        for (int i = 0; i < ids.size(); i++) {
            Point.Builder point = Point.newBuilder().setId(ids.get(i));
            for (List<NamedVector> column : vectors) {
                point.addVectors(column.get(i));
            }
            if (payloads != null) {
                point.setPayload(payloads.get(i));
            }
            points.addPoints(point);
        }
    }
}
