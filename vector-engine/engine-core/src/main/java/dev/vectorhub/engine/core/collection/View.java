package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.filter.FieldSchema;
import dev.vectorhub.engine.core.point.RefCounted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection at one moment: what a reader works on from start to end. Holds the memory of its parts until the last reader
 * lets go.
 */
final class View extends RefCounted {
    private final CollectionConfig config;
    private final Map<String, FieldSpec> fields;
    private final List<LivePart> parts;
    private final long alive;
    private @Nullable FieldSchema schema;
    private final long storedBytes;

    /** Where a live point is. */
    record Place(int part, int ordinal) {}

    View(CollectionConfig config, Map<String, FieldSpec> fields, List<LivePart> parts) {
        this.config = config;
        this.fields = fields;
        this.parts = List.copyOf(parts);
        long count = 0;
        for (LivePart part : this.parts) {
            part.retain();
            count += part.alive();
        }
        this.alive = count;
        this.storedBytes = Reading.diskBytes(this);
    }

    CollectionConfig config() {
        return config;
    }

    Map<String, FieldSpec> fields() {
        return fields;
    }

    /** Made when it is first asked for; two threads may both make it. */
    FieldSchema schema() {
        FieldSchema known = schema;
        if (known == null) {
            known = fields.isEmpty() ? FieldSchema.EMPTY : new FieldSchema(fields);
            schema = known;
        }
        return known;
    }

    List<LivePart> parts() {
        return parts;
    }

    /** Points. */
    long alive() {
        return alive;
    }

    /** Of segments and graphs. */
    long storedBytes() {
        return storedBytes;
    }

    @Nullable
    Place find(PointId id) {
        return find(parts, id);
    }

    /** An id is alive in one part at most; the newest parts are asked first. */
    static @Nullable Place find(List<LivePart> parts, PointId id) {
        for (int p = parts.size() - 1; p >= 0; p--) {
            LivePart part = parts.get(p);
            int ordinal = part.part().find(id);
            if (part.isAlive(ordinal)) {
                return new Place(p, ordinal);
            }
        }
        return null;
    }

    @Override
    protected void dispose() {
        for (LivePart part : parts) {
            part.release();
        }
    }
}
