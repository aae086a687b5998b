package dev.vectorhub.engine.core.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.point.Part;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The ordinals of one immutable part by the value of one field, dead ordinals included. Answers match conditions on keywords,
 * integers and booleans of its type; for the other types it knows only which points have the field.
 */
public final class FieldIndex {
    private static final RoaringBitmap NOTHING = new RoaringBitmap();

    private final FieldType type;
    private final Map<Object, RoaringBitmap> ordinals = new HashMap<>();
    private final RoaringBitmap filled = new RoaringBitmap();

    private FieldIndex(FieldType type) {
        this.type = type;
    }

    /** Reads every payload of the part. */
    public static FieldIndex build(Part part, String key, FieldType type) {
        FieldIndex index = new FieldIndex(type);
        Collector collector = index.new Collector();
        PayloadWalk walk = new PayloadWalk();
        walk.add(FieldPath.parse(key), collector);
        Part.PayloadCursor payloads = part.payloads();
        for (int ordinal = 0; ordinal < part.size(); ordinal++) {
            collector.ordinal = ordinal;
            walk.over(payloads.payload(ordinal));
        }
        index.filled.runOptimize();
        index.ordinals.values().forEach(RoaringBitmap::runOptimize);
        return index;
    }

    private final class Collector extends PayloadWalk.Leaf {
        private int ordinal;

        @Override
        void value(JsonToken token, JsonParser parser) throws IOException {
            if (token != JsonToken.START_ARRAY) {
                element(token, parser);
                if (token != JsonToken.VALUE_NULL) {
                    filled.add(ordinal);
                }
            }
        }

        @Override
        void element(JsonToken token, JsonParser parser) throws IOException {
            Object value = FieldIndex.value(type, token, parser);
            if (value != null) {
                ordinals.computeIfAbsent(value, v -> new RoaringBitmap()).add(ordinal);
            }
        }

        @Override
        void nonEmptyArray() {
            filled.add(ordinal);
        }
    }

    private static @Nullable Object value(FieldType type, JsonToken token, JsonParser parser) throws IOException {
        return switch (type) {
            case KEYWORD -> token == JsonToken.VALUE_STRING ? parser.getText() : null;
            case INTEGER -> ValueTest.isLong(token, parser) ? (Object) parser.getLongValue() : null;
            case BOOL -> token.isBoolean() ? (Object) (token == JsonToken.VALUE_TRUE) : null;
            case FLOAT, DATETIME, UUID, GEO, TEXT -> null;
        };
    }

    /** The points that the matcher would find; null if this index cannot tell. Not to be changed. */
    public @Nullable RoaringBitmap matching(MatchValue value) {
        return switch (value) {
            case MatchValue.Keyword(String text) -> type == FieldType.KEYWORD ? at(text) : null;
            case MatchValue.Int(long number) -> type == FieldType.INTEGER ? at(number) : null;
            case MatchValue.Bool(boolean bool) -> type == FieldType.BOOL ? at(bool) : null;
            case MatchValue.Any(List<String> keywords, List<Long> integers) -> {
                if (type == FieldType.KEYWORD && integers.isEmpty()) {
                    yield atAny(keywords);
                }
                yield type == FieldType.INTEGER && keywords.isEmpty() ? atAny(integers) : null;
            }
            case MatchValue.Except except -> null;
        };
    }

    private RoaringBitmap at(Object value) {
        return ordinals.getOrDefault(value, NOTHING);
    }

    private RoaringBitmap atAny(List<?> values) {
        RoaringBitmap union = new RoaringBitmap();
        for (Object value : values) {
            union.or(at(value));
        }
        return union;
    }

    /** Points whose field is not empty (in the sense of {@code is_empty}). Not to be changed. */
    public RoaringBitmap filled() {
        return filled;
    }
}
