package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.PointId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A point and its score.
 *
 * @param order the value that ordered it, where a payload's values do
 */
public record Hit(PointId id, float score, @Nullable FieldValue order) {

    /** The greatest score first, equal scores by id. */
    public static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id);

    public Hit(PointId id, float score) {
        this(id, score, null);
    }
}
