package dev.vectorhub.engine.core.query;

/**
 * Hits by the values of a field.
 *
 * @param key path of the field; its values are strings or integers
 * @param groups how many, 1 or more
 * @param size hits of each, 1 or more
 */
public record Grouping(String key, int groups, int size) {

    /** Groups times size. */
    public static final int HITS_MAX = 100_000;
}
