package dev.vectorhub.billing.rollup;

/** A source that numbered events up to {@code lastSeq} of which the ledger has only {@code storedEvents}. */
public record SourceGap(String node, long epoch, long lastSeq, long storedEvents) {}
