package dev.vectorhub.engine.core;

import java.util.List;

/**
 * Points by the values of a field.
 *
 * @param values one for each point: integers, of a datetime field microseconds; of a float field numbers
 * @param bytesRead bytes of vectors and payload that were looked at
 */
public record OrderedPage(List<PointRecord> points, List<FieldValue> values, long bytesRead) {}
