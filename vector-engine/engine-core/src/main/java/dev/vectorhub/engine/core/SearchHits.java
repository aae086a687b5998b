package dev.vectorhub.engine.core;

import java.util.List;

/**
 * The answer to a search.
 *
 * @param points best first, equal scores by id
 * @param vectorsScanned distances computed
 * @param bytesRead bytes of vectors and payload that were looked at
 */
public record SearchHits(List<ScoredPoint> points, long vectorsScanned, long bytesRead) {}
