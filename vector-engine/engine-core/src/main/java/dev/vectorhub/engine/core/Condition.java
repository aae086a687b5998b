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

    record HasId(List<PointId> ids) implements Condition {
        public HasId {
            ids = List.copyOf(ids);
        }
    }

    /** The field is absent, null or an empty array. */
    record IsEmpty(String key) implements Condition {}

    /** The field is present and null. */
    record IsNull(String key) implements Condition {}

    record Nested(Filter filter) implements Condition {}

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
    }
}
