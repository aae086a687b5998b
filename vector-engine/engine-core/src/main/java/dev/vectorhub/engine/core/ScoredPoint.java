package dev.vectorhub.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hit.
 *
 * @param score similarity (higher is better) for cosine and dot, distance (lower is better) for euclid and manhattan
 * @param payloadJson what the selection left; empty without payload
 * @param vectors what the selection left
 * @param version log index of the last change of the point
 * @param order the value that ordered it, where a payload's values do
 */
@SuppressWarnings("ArrayRecordComponent") // payload travels as bytes from the block to the wire
public record ScoredPoint(
        PointId id,
        float score,
        byte[] payloadJson,
        List<NamedVector> vectors,
        long version,
        @Nullable FieldValue order) {

    /** A point that its score orders. */
    public ScoredPoint(PointId id, float score, byte[] payloadJson, List<NamedVector> vectors, long version) {
        this(id, score, payloadJson, vectors, version, null);
    }
}
