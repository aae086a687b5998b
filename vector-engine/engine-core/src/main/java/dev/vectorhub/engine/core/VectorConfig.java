package dev.vectorhub.engine.core;

/**
 * One vector of a collection's points.
 *
 * @param name empty for the unnamed vector
 * @param size components, 1 to 65,536
 */
public record VectorConfig(String name, int size, Distance distance, HnswConfig hnsw) {
    public VectorConfig(String name, int size, Distance distance) {
        this(name, size, distance, HnswConfig.DEFAULT);
    }
}
