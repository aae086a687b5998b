package dev.vectorhub.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points by ascending id.
 *
 * @param nextOffset where the next page starts, inclusive; null at the end
 * @param bytesRead bytes of vectors and payload that were looked at
 */
public record ScrollPage(List<PointRecord> points, @Nullable PointId nextOffset, long bytesRead) {}
