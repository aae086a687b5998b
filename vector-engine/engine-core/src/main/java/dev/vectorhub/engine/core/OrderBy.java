package dev.vectorhub.engine.core;

import org.jspecify.annotations.Nullable;

/**
 * Points by the values of a field that has an integer (with ranges), float or datetime index. A point comes once for each of its
 * values, one without any does not come. Equal values are ordered by id, in the same direction.
 *
 * @param startFrom the first value, inclusive: a number, of a datetime field microseconds; null for the first there is
 */
public record OrderBy(
        String key, boolean descending, @Nullable FieldValue startFrom) {}
