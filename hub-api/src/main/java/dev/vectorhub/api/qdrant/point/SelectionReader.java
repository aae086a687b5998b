package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.VectorSelector;

/** What of a point an answer shows: {@code with_payload} and {@code with_vector}. */
public final class SelectionReader {

    public static final PayloadSelector NO_PAYLOAD = PayloadSelector.getDefaultInstance();
    public static final PayloadSelector ALL_PAYLOAD =
            PayloadSelector.newBuilder().setEnabled(true).build();
    public static final VectorSelector NO_VECTOR = VectorSelector.getDefaultInstance();
    public static final VectorSelector ALL_VECTORS =
            VectorSelector.newBuilder().setEnabled(true).build();

    private SelectionReader() {}

    /** A boolean, a list of paths, {@code {"include":[…]}} or {@code {"exclude":[…]}}; {@code null} is the default. */
    public static PayloadSelector payload(JsonBody body, PayloadSelector ifNull) {
        return switch (body.token()) {
            case VALUE_NULL -> ifNull;
            case VALUE_TRUE -> ALL_PAYLOAD;
            case VALUE_FALSE -> NO_PAYLOAD;
            case START_ARRAY -> {
                PayloadSelector.Builder selector = PayloadSelector.newBuilder().setEnabled(true);
                while (body.nextElement()) {
                    selector.addInclude(body.string());
                }
                // An empty list of fields shows none of them; the engine would take it for all.
                yield selector.getIncludeCount() == 0 ? NO_PAYLOAD : selector.build();
            }
            case START_OBJECT -> parts(body);
            default -> throw body.mismatch("a boolean, a list of fields, `include` or `exclude`");
        };
    }

    private static PayloadSelector parts(JsonBody body) {
        PayloadSelector.Builder selector = PayloadSelector.newBuilder().setEnabled(true);
        boolean include = false;
        int fields = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            fields++;
            body.expectArray();
            switch (field) {
                case "include" -> {
                    include = true;
                    while (body.nextElement()) {
                        selector.addInclude(body.string());
                    }
                }
                case "exclude" -> {
                    while (body.nextElement()) {
                        selector.addExclude(body.string());
                    }
                }
                default ->
                    throw body.format(
                            "unknown field `" + BodyErrors.shown(field) + "`, expected `include` or `exclude`");
            }
        }
        if (fields != 1) {
            throw body.format("expected either `include` or `exclude`");
        }
        return include && selector.getIncludeCount() == 0 ? NO_PAYLOAD : selector.build();
    }

    /** A boolean or a list of names of the collection's vectors; {@code null} is none. */
    public static VectorSelector vector(JsonBody body, VectorSchema schema) {
        return switch (body.token()) {
            case VALUE_NULL, VALUE_FALSE -> NO_VECTOR;
            case VALUE_TRUE -> ALL_VECTORS;
            case START_ARRAY -> {
                VectorSelector.Builder selector = VectorSelector.newBuilder().setEnabled(true);
                while (body.nextElement()) {
                    String name = body.string();
                    if (!schema.has(name)) {
                        throw VectorForms.unknown(name, body.path());
                    }
                    selector.addNames(name);
                }
                yield selector.getNamesCount() == 0 ? NO_VECTOR : selector.build();
            }
            default -> throw body.mismatch("a boolean or a list of vector names");
        };
    }
}
