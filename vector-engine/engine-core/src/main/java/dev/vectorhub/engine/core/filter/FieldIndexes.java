package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.point.Part;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The field indexes of one immutable part: each is made when it is first asked for, which costs what one scan does. */
public final class FieldIndexes {
    private record Key(String field, FieldType type) {}

    private final Map<Key, FieldIndex> made = new ConcurrentHashMap<>();

    /** The caller holds the part's memory. */
    public FieldIndex get(Part part, String field, FieldType type) {
        return made.computeIfAbsent(new Key(field, type), key -> FieldIndex.build(part, field, type));
    }

    public void forget(String field) {
        made.keySet().removeIf(key -> key.field().equals(field));
    }
}
