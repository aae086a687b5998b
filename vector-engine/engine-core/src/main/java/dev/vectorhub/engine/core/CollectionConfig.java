package dev.vectorhub.engine.core;

import java.util.List;
import java.util.Set;

/**
 * What a collection is made of.
 *
 * @param vectors by their places in stored parts; some may be {@link VectorConfig#REMOVED}
 * @param isolation at least the tenant's mode: the stronger of both is used
 */
public record CollectionConfig(List<VectorConfig> vectors, HnswConfig hnsw, IsolationMode isolation) {
    public CollectionConfig {
        vectors = List.copyOf(vectors);
    }

    /** The place of a vector; -1 if there is none of that name. */
    public int position(String name) {
        for (int v = 0; v < vectors.size(); v++) {
            if (vectors.get(v).name().equals(name) && !vectors.get(v).isRemoved()) {
                return v;
            }
        }
        return -1;
    }

    /** The vectors that points may have, without the places of those that were removed. */
    public List<VectorConfig> living() {
        return vectors.stream().filter(vector -> !vector.isRemoved()).toList();
    }

    /** Whether collections of both are the same, wherever the places of their vectors are. */
    public boolean isLike(CollectionConfig other) {
        return hnsw.equals(other.hnsw)
                && isolation == other.isolation
                && Set.copyOf(living()).equals(Set.copyOf(other.living()));
    }

    public CollectionConfig with(List<VectorConfig> newVectors) {
        return new CollectionConfig(newVectors, hnsw, isolation);
    }

    /** One unnamed vector, defaults for the rest. */
    public static CollectionConfig single(int size, Distance distance) {
        return new CollectionConfig(
                List.of(new VectorConfig("", size, distance)), HnswConfig.DEFAULT, IsolationMode.NONE);
    }
}
