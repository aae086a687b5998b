package dev.vectorhub.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a {@link Filter}. A key is a path as Qdrant writes it: {@code a}, {@code a.b}, {@code a[].b} (each
 * element), {@code a[0].b}, with {@code "quoted.names"} where a name holds a dot. A condition on a field that holds an
 * array is true if it is true for any element.
 */
public sealed interface Condition {

    record Match(String key, MatchValue value) implements Condition {}

    /** On numbers; an absent bound does not bind. */
    record Range(
            String key,
            @Nullable Double lt,
            @Nullable Double gt,
            @Nullable Double gte,
            @Nullable Double lte) implements Condition {}

    /** On texts that are dates; bounds in microseconds since 1970-01-01T00:00Z. */
    record DatetimeRange(
            String key,
            @Nullable Long lt,
            @Nullable Long gt,
            @Nullable Long gte,
            @Nullable Long lte) implements Condition {}

    /** In degrees. A value is an object with the numbers {@code lon} and {@code lat}. */
    record GeoPoint(double lat, double lon) {}

    /** Inside, not on the edge. A box whose west is east of its east wraps around the antimeridian. */
    record GeoBox(String key, GeoPoint topLeft, GeoPoint bottomRight) implements Condition {}

    /** Nearer than so many metres, on a sphere. */
    record GeoRadius(String key, GeoPoint center, double meters) implements Condition {}

    /** Inside the exterior and outside every interior, on the plane of degrees; lines belong to neither. */
    record GeoPolygon(String key, List<GeoPoint> exterior, List<List<GeoPoint>> interiors) implements Condition {
        public GeoPolygon {
            exterior = List.copyOf(exterior);
            interiors = interiors.stream().map(List::copyOf).toList();
        }
    }

    /** Elements of an array; 1 for any other value, 0 for null. Not true where the field is absent. */
    record ValuesCount(
            String key,
            @Nullable Long lt,
            @Nullable Long gt,
            @Nullable Long gte,
            @Nullable Long lte) implements Condition {}

    record HasId(List<PointId> ids) implements Condition {
        public HasId {
            ids = List.copyOf(ids);
        }
    }

    /** The point has that vector; empty for the unnamed one. */
    record HasVector(String vector) implements Condition {}

    /**
     * The point falls into one of {@code total} parts of the id space: SipHash-2-4 with a zero key of the id (8 bytes
     * little-endian, or the 16 of a UUID), modulo {@code total}, is {@code index}.
     */
    record Slice(long total, long index) implements Condition {}

    /** The field is absent, null or an empty array. */
    record IsEmpty(String key) implements Condition {}

    /** The field is present and null. */
    record IsNull(String key) implements Condition {}

    /** One element of the array at the key is an object that fulfils the whole filter, its keys being within the object. */
    record Nested(String key, Filter filter) implements Condition {}

    /** A filter within a filter. */
    record Group(Filter filter) implements Condition {}

    /** What a field's value is compared with. */
    sealed interface MatchValue {
        record Keyword(String value) implements MatchValue {}

        record Int(long value) implements MatchValue {}

        record Bool(boolean value) implements MatchValue {}

        /** One of these; one of the two lists is filled. */
        record Any(List<String> keywords, List<Long> integers) implements MatchValue {
            public Any {
                keywords = List.copyOf(keywords);
                integers = List.copyOf(integers);
            }
        }

        /** A value that is none of these; one of the two lists is filled. */
        record Except(List<String> keywords, List<Long> integers) implements MatchValue {
            public Except {
                keywords = List.copyOf(keywords);
                integers = List.copyOf(integers);
            }
        }

        /**
         * With a text index on the field: every token is among those of the field's values. Without: the text is part of a
         * value.
         */
        record Text(String text) implements MatchValue {}

        /** With a text index: one of the tokens. Without: one of the words, parted by white space, is part of a value. */
        record TextAny(String text) implements MatchValue {}

        /** With a text index: the tokens one after another in one value. Without: as {@link Text}. */
        record Phrase(String text) implements MatchValue {}

        /** A text that begins so. */
        record Prefix(String prefix) implements MatchValue {}
    }
}
