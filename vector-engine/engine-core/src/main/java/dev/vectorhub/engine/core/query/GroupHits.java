package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.ScoredPoint;
import java.util.List;

/**
 * The answer of a grouped query.
 *
 * @param groups by their best hit
 * @param vectorsScanned vectors that were compared
 * @param bytesRead bytes of vectors and payload that were looked at
 */
public record GroupHits(List<Group> groups, long vectorsScanned, long bytesRead) {

    /**
     * What shares one value of the key, best first.
     *
     * @param id a {@link String} or a {@link Long}
     */
    public record Group(Object id, List<ScoredPoint> points) {}
}
