package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.core.Distance;

/** What nearness is. Rows of {@link #COSINE} sets are stored with unit length, so that each peer may use its dot product. */
public enum Metric {
    L2(Distance.EUCLID),
    COSINE(Distance.COSINE),
    DOT(Distance.DOT);

    private final Distance distance;

    Metric(Distance distance) {
        this.distance = distance;
    }

    public Distance distance() {
        return distance;
    }
}
