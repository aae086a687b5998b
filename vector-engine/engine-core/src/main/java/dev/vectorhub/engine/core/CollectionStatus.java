package dev.vectorhub.engine.core;

import java.util.List;

/**
 * A collection as it stands.
 *
 * @param indexedVectors vectors reachable through a graph, and sparse ones through lists of their indices
 * @param segments parts, the mutable one included
 * @param optimized false while large parts wait for their graph
 * @param logicalBytes vectors, ids and payload as their owner counts them
 * @param payloadBytes the payload's part of them: of parts with dead points, what an even share leaves
 * @param diskBytes bytes of its parts and graphs on disk
 */
public record CollectionStatus(
        CollectionConfig config,
        long points,
        long indexedVectors,
        int segments,
        boolean optimized,
        long logicalBytes,
        long payloadBytes,
        long diskBytes,
        List<FieldIndexStatus> fields) {

    /**
     * An index of a payload field.
     *
     * @param points points that have the field
     */
    public record FieldIndexStatus(String key, FieldSpec spec, long points) {}
}
