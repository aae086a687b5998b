package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.PointId;
import java.util.Comparator;

/** A point and its score. */
public record Hit(PointId id, float score) {

    /** The greatest score first, equal scores by id. */
    public static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id);
}
