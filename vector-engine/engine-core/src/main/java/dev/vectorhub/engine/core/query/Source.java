package dev.vectorhub.engine.core.query;

import java.util.List;

/** What one query has found, best first; of distances, the least is best. */
record Source(List<Hit> hits, boolean higherIsBetter) {}
