package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.VectorValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes the order of an answer. The names and their meanings are those of Qdrant's query API. */
public sealed interface Query {

    /** A vector, or in its place a point that has one; points that are named so are left out of the answer. */
    sealed interface Input {
        record OfVector(VectorValue vector) implements Input {}

        record OfPoint(PointId id) implements Input {}
    }

    /** An example to be near to, and one to be far from. */
    record Pair(Input positive, Input negative) {}

    record Nearest(Input input) implements Query {}

    /**
     * The nearest, chosen one after another so that they differ: each has the best {@code (1 − diversity) · similarity to the
     * query − diversity · greatest similarity to one that is chosen} (Carbonell and Goldstein 1998).
     *
     * @param candidates how many of the nearest to choose from; 0 means as many as are wanted
     */
    record Diverse(Input input, float diversity, int candidates) implements Query {}

    /**
     * What is like some examples and unlike others.
     *
     * @param strategy how examples make a score
     */
    record Recommend(List<Input> positive, List<Input> negative, Strategy strategy) implements Query {}

    /** How recommendations are scored. */
    enum Strategy {
        /** Nearness to {@code 2 · mean(positive) − mean(negative)}. */
        AVERAGE_VECTOR,
        /** The best positive example's, or less than 0 where a negative one is nearer. */
        BEST_SCORE,
        /** Sum of similarities to the positive examples, less those to the negative ones. */
        SUM_SCORES
    }

    /** First by how many pairs place the point on the positive side, then by nearness to the target. */
    record Discover(Input target, List<Pair> context) implements Query {}

    /** The points that no pair places on its negative side score best, 0. */
    record Context(List<Pair> pairs) implements Query {}

    /**
     * Nearness to the target, moved by how examples were rated: for each two of them, {@code c · (difference of ratings)^b}
     * times how much nearer the point is to the better one.
     */
    record Feedback(Input target, List<Rated> examples, float a, float b, float c) implements Query {}

    record Rated(Input example, float rating) {}

    /** By the values of a field; a point with several of them stands at the first. */
    record Ordered(OrderBy order) implements Query {}

    /** Random order; the same seed gives the same. */
    record Sample(long seed) implements Query {}

    /** By id. */
    record ById() implements Query {}

    /**
     * Reciprocal rank fusion of the prefetches: the sum of {@code 1 / ((rank + 1) / weight + k − 1)}, ranks from 0.
     *
     * @param weights one for each prefetch, or none
     */
    record Rrf(int k, List<Float> weights) implements Query {}

    /** Sum of the prefetches' scores, each scaled so that mean ± three standard deviations become 0 and 1. */
    record Dbsf() implements Query {}

    /**
     * A score made of the prefetches' scores and of payload.
     *
     * @param defaults values for variables that a point has not: numbers, strings, or maps with {@code lon} and {@code lat}
     */
    record Formula(Expression expression, Map<String, @Nullable Object> defaults) implements Query {}
}
