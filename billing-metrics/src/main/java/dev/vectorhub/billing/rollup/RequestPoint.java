package dev.vectorhub.billing.rollup;

import java.time.Instant;

/** Requests of all classes in the bucket that starts at {@code at}. Empty buckets are present with 0. */
public record RequestPoint(Instant at, long requests) {}
