package dev.vectorhub.billing.rollup;

/** Width of the time buckets of a usage query; buckets start on UTC boundaries. */
public enum Granularity {
    HOUR,
    DAY,
    TOTAL
}
