package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The field indexes of a collection by path: other spellings of a path are the same field. */
public final class FieldSchema {
    public static final FieldSchema EMPTY = new FieldSchema(Map.of());

    private final Map<FieldPath, FieldSpec> specs = new HashMap<>();
    private final Map<FieldPath, String> keys = new HashMap<>();

    /** @param fields by key */
    public FieldSchema(Map<String, FieldSpec> fields) {
        fields.forEach((key, spec) -> {
            FieldPath path = FieldPath.parse(key);
            specs.put(path, spec);
            keys.put(path, key);
        });
    }

    public boolean isEmpty() {
        return specs.isEmpty();
    }

    public @Nullable FieldSpec spec(FieldPath path) {
        return specs.get(path);
    }

    /** The key under which the index was made. */
    public @Nullable String key(FieldPath path) {
        return keys.get(path);
    }
}
