package dev.vectorhub.engine.core;

import org.jspecify.annotations.Nullable;

/**
 * One search.
 *
 * @param using name of the vector to search; empty for the unnamed one
 * @param limit hits wanted, 1 or more; with {@code offset} at most {@link #WINDOW_MAX}
 * @param offset best hits to skip
 * @param scoreThreshold the worst score that is still a hit
 * @param ef beam width in a graph; 0 means the default
 * @param exact scan flat whatever the size
 * @param indexedOnly leave out large parts whose graph is not ready
 * @param quantization how codes are used
 */
public record SearchSpec(
        String using,
        Query query,
        @Nullable Filter filter,
        int limit,
        int offset,
        @Nullable Float scoreThreshold,
        int ef,
        boolean exact,
        boolean indexedOnly,
        QuantizationSearch quantization,
        PayloadSelection payload,
        VectorSelection vectors) {

    public static final int WINDOW_MAX = 1_000_000;

    /** What the hits are near to. */
    public sealed interface Query {
        record ByVector(VectorValue vector) implements Query {}

        /** The vector of that point, which itself is left out of the hits. */
        record ById(PointId id) implements Query {}
    }

    public static SearchSpec nearest(float[] vector, int limit) {
        return new SearchSpec(
                "",
                new Query.ByVector(new VectorValue.Dense(vector)),
                null,
                limit,
                0,
                null,
                0,
                false,
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.NONE,
                VectorSelection.NONE);
    }

    /** The bare search for a vector with these parameters: no offset, no threshold, nothing but ids and scores. */
    public SearchSpec with(VectorValue vector, @Nullable Filter newFilter, int newLimit, boolean exactly) {
        return new SearchSpec(
                using,
                new Query.ByVector(vector),
                newFilter,
                newLimit,
                0,
                null,
                ef,
                exact || exactly,
                indexedOnly,
                quantization,
                PayloadSelection.NONE,
                VectorSelection.NONE);
    }

    /** The first hits, so many. */
    public SearchSpec withWindow(int newLimit) {
        return new SearchSpec(
                using,
                query,
                filter,
                newLimit,
                0,
                scoreThreshold,
                ef,
                exact,
                indexedOnly,
                quantization,
                payload,
                vectors);
    }

    public SearchSpec withFilter(Filter newFilter) {
        return new SearchSpec(
                using,
                query,
                newFilter,
                limit,
                offset,
                scoreThreshold,
                ef,
                exact,
                indexedOnly,
                quantization,
                payload,
                vectors);
    }

    public SearchSpec withEf(int newEf) {
        return new SearchSpec(
                using,
                query,
                filter,
                limit,
                offset,
                scoreThreshold,
                newEf,
                exact,
                indexedOnly,
                quantization,
                payload,
                vectors);
    }

    public SearchSpec exactly() {
        return new SearchSpec(
                using,
                query,
                filter,
                limit,
                offset,
                scoreThreshold,
                ef,
                true,
                indexedOnly,
                quantization,
                payload,
                vectors);
    }

    public SearchSpec withQuantization(QuantizationSearch newQuantization) {
        return new SearchSpec(
                using,
                query,
                filter,
                limit,
                offset,
                scoreThreshold,
                ef,
                exact,
                indexedOnly,
                newQuantization,
                payload,
                vectors);
    }
}
