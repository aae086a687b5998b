package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.payload.FieldPath;
import org.jspecify.annotations.Nullable;

/** What is known of the fields of one part without its payloads. */
public interface FieldIndex {
    /**
     * The points that a condition on a field may hold for.
     *
     * @param path of the field, from the payload's root
     * @return null if nothing is known
     */
    @Nullable
    Bounds bounds(FieldPath path, Condition condition);
}
