package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorValue;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A collection at one moment, as queries read it. A <em>similarity</em> is the greater the nearer for every distance: cosine and
 * dot product as they are, the negative square of Euclid's, the negative of Manhattan's.
 */
public interface QueryReader {

    Distance distance(String using);

    /** The nearest points with their scores, best first, in the order of {@link SearchSpec}; offset and threshold applied. */
    List<Hit> nearest(SearchSpec spec);

    /** Makes one score, the greater the better, of the similarities to several vectors, in their order. */
    interface Combination {
        float score(float[] similarities);
    }

    /**
     * The best points by a combination of similarities, best first; equal scores by id.
     *
     * @param spec vector, filter, limit and how to search, as for the nearest; what it says to be near to is not read
     * @param vectors as stored, at least one
     */
    List<Hit> best(SearchSpec spec, List<VectorValue> vectors, Combination combination);

    /** The first points by id that match. */
    List<PointId> first(@Nullable Filter filter, int limit);

    /**
     * The first points that match, by the values of a field, each with the one that orders it.
     *
     * @throws dev.vectorhub.engine.core.StoreException {@code INVALID_ARGUMENT} if no index orders the field
     */
    List<Hit> ordered(@Nullable Filter filter, OrderBy order, int limit);

    /** Shows the ids of all points that match. */
    void each(@Nullable Filter filter, java.util.function.Consumer<PointId> ids);

    /**
     * The point's vector as it is stored.
     *
     * @throws dev.vectorhub.engine.core.StoreException {@code NOT_FOUND} without the point or the vector
     */
    VectorValue vector(PointId id, String using);

    /** A vector as it would be stored: checked, and normalised where the distance wants that. */
    VectorValue stored(VectorValue vector, String using);

    /** Gives the similarities of one vector to these. */
    Function<VectorValue, float[]> comparison(String using, List<VectorValue> others);

    /** The point's payload, a JSON object in UTF-8; empty without one. */
    byte[] payload(PointId id);

    /** Tells of a point whether it matches. */
    Predicate<PointId> test(Filter filter);

    /** Points in the collection. */
    long size();
}
