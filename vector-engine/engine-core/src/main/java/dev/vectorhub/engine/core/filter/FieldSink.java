package dev.vectorhub.engine.core.filter;

import java.util.UUID;

/** What a {@link FieldReader} tells of a field of one payload. An index hears only of values of its type. */
public interface FieldSink {
    /**
     * A value at the end of the path, an array included.
     *
     * @param count of its values, as {@code values_count} has it
     */
    default void value(boolean isNull, int count) {}

    /** An element, or a value that is no array; not null. What it is follows, if it is of the index's type. */
    default void present() {}

    default void keyword(String text) {}

    default void integer(long value) {}

    /** A number that is no integer of 64 bits; for a float index every number. */
    default void number(double value) {}

    default void bool(boolean value) {}

    default void datetime(long micros) {}

    default void uuid(UUID value) {}

    default void place(double lat, double lon) {}

    default void text(String text) {}

    /** A text where UUIDs are expected. */
    default void other() {}
}
