package dev.vectorhub.engine.core.kernel;

/** What a {@link Probe} computes; smaller is nearer. */
public enum Metric {
    /** The negated sum of products. */
    DOT,
    /** The sum of squared differences. */
    SQUARED_L2,
    /** The sum of absolute differences. */
    L1
}
