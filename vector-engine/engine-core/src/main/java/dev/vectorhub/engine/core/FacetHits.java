package dev.vectorhub.engine.core;

import java.util.List;

/**
 * The most frequent values of a field, equally frequent ones by value.
 *
 * @param bytesRead bytes of payload that were looked at
 */
public record FacetHits(List<Hit> hits, long bytesRead) {

    /**
     * A value and its points.
     *
     * @param points that have the value
     */
    public record Hit(FieldValue value, long points) {}
}
