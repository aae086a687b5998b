package dev.vectorhub.engine.core;

/** How two vectors compare, and what a score means. */
public enum Distance {
    /** Cosine similarity, higher is better; vectors are normalised when stored. */
    COSINE,
    /** Dot product, higher is better. */
    DOT,
    /** Euclidean distance, lower is better. */
    EUCLID,
    /** Sum of absolute differences, lower is better. */
    MANHATTAN;

    public boolean higherIsBetter() {
        return this == COSINE || this == DOT;
    }
}
