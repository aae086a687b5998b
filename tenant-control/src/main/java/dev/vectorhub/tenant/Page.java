package dev.vectorhub.tenant;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the following page; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** Rows in one page at most; larger requests get this many. */
    public static final int LIMIT_MAX = 500;

    public Page {
        items = List.copyOf(items);
    }

    public static int limit(int requested) {
        return Math.clamp(requested, 1, LIMIT_MAX);
    }

    /** Cuts a list that was read one row longer than the page; the cursor is made of the last row kept. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        List<T> kept = oneMore.subList(0, limit);
        return new Page<>(kept, cursor.apply(kept.getLast()).encode());
    }
}
