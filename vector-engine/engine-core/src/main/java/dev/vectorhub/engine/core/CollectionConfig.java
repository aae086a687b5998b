package dev.vectorhub.engine.core;

import java.util.List;

/**
 * What a collection is made of.
 *
 * @param isolation at least the tenant's mode: the stronger of both is used
 */
public record CollectionConfig(List<VectorConfig> vectors, HnswConfig hnsw, IsolationMode isolation) {
    public CollectionConfig {
        vectors = List.copyOf(vectors);
    }

    /** One unnamed vector, defaults for the rest. */
    public static CollectionConfig single(int size, Distance distance) {
        return new CollectionConfig(
                List.of(new VectorConfig("", size, distance)), HnswConfig.DEFAULT, IsolationMode.NONE);
    }
}
