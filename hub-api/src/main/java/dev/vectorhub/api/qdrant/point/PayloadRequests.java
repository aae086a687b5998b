package dev.vectorhub.api.qdrant.point;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.json.PayloadReader;
import dev.vectorhub.engine.wire.v1.ClearPayload;
import dev.vectorhub.engine.wire.v1.DeletePayload;
import dev.vectorhub.engine.wire.v1.DeleteVectors;
import dev.vectorhub.engine.wire.v1.SetPayload;

/** Bodies of the payload operations. */
public final class PayloadRequests {

    /** Keys that one request may delete. */
    static final int KEYS_MAX = 4_096;

    private PayloadRequests() {}

    /** {@code POST …/points/payload} merges, {@code PUT} overwrites. */
    public static SetPayload set(byte[] bytes, boolean overwrite) {
        return JsonBody.read(bytes, body -> set(body, overwrite));
    }

    static SetPayload set(JsonBody body, boolean overwrite) {
        body.expectObject();
        SelectorReader selector = new SelectorReader(body);
        SetPayload.Builder set = SetPayload.newBuilder().setOverwrite(overwrite);
        ByteString payload = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "payload" -> {
                    seen = body.once(seen, 1);
                    body.expectObject();
                    payload = PayloadReader.read(body);
                }
                case "key" -> {
                    seen = body.once(seen, 2);
                    key(body, set, overwrite);
                }
                default -> {
                    if (!selector.field(field)) {
                        body.skip();
                    }
                }
            }
        }
        if (payload == null) {
            throw body.missing("payload");
        }
        return set.setSelector(selector.selector())
                .setPayload(payload.isEmpty() ? ByteString.copyFromUtf8("{}") : payload)
                .build();
    }

    private static void key(JsonBody body, SetPayload.Builder set, boolean overwrite) {
        if (body.isNull()) {
            return;
        }
        String key = nonEmpty(body);
        // Where the whole payload is replaced, Qdrant takes no notice of it.
        if (!overwrite) {
            set.setKey(key);
        }
    }

    /** {@code POST …/points/payload/delete}. */
    public static DeletePayload delete(byte[] bytes) {
        return JsonBody.read(bytes, PayloadRequests::delete);
    }

    static DeletePayload delete(JsonBody body) {
        body.expectObject();
        SelectorReader selector = new SelectorReader(body);
        DeletePayload.Builder delete = DeletePayload.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (field.equals("keys")) {
                seen = body.once(seen, 1);
                body.expectArray();
                while (body.nextElement()) {
                    if (delete.getKeysCount() == KEYS_MAX) {
                        throw body.invalid("a request has at most " + KEYS_MAX + " keys");
                    }
                    delete.addKeys(nonEmpty(body));
                }
            } else if (!selector.field(field)) {
                body.skip();
            }
        }
        if (seen == 0) {
            throw body.missing("keys");
        }
        return delete.setSelector(selector.selector()).build();
    }

    /** {@code POST …/points/vectors/delete}. */
    static DeleteVectors deleteVectors(JsonBody body, VectorSchema schema) {
        body.expectObject();
        SelectorReader selector = new SelectorReader(body);
        DeleteVectors.Builder delete = DeleteVectors.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (field.equals("vector") || field.equals("vectors")) {
                seen = body.once(seen, 1);
                body.expectArray();
                while (body.nextElement()) {
                    String name = body.string();
                    if (!schema.has(name)) {
                        throw VectorForms.unknown(name, body.path());
                    }
                    delete.addNames(name);
                }
            } else if (!selector.field(field)) {
                body.skip();
            }
        }
        if (delete.getNamesCount() == 0) {
            throw body.missing("vector");
        }
        return delete.setSelector(selector.selector()).build();
    }

    /** {@code POST …/points/payload/clear}. */
    public static ClearPayload clear(byte[] bytes) {
        return ClearPayload.newBuilder().setSelector(SelectorReader.read(bytes)).build();
    }

    private static String nonEmpty(JsonBody body) {
        String key = body.string();
        if (key.isEmpty()) {
            throw body.invalid("a payload key is not empty");
        }
        return key;
    }
}
