package dev.vectorhub.engine.core;

/**
 * A vector of a point.
 *
 * @param name empty for the unnamed vector
 */
public record NamedVector(String name, VectorValue value) {
    /** A dense one. */
    public NamedVector(String name, float[] components) {
        this(name, new VectorValue.Dense(components));
    }
}
