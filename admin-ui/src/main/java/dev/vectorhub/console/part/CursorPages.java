package dev.vectorhub.console.part;

import dev.vectorhub.tenant.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list that is paged by cursor as a grid asks for it, by offset. The cursors met on the way are kept, so
 * scrolling on costs one page each; a jump reads from the nearest known place before it. One instance serves one grid
 * with one filter; not thread-safe.
 *
 * @param <T> the record of one row
 */
public final class CursorPages<T> {
    /** Rows that one jump may read past: beyond it the filter is the way, not the scroll bar. */
    private static final int SKIP_MAX = 50_000;

    private final BiFunction<@Nullable String, Integer, Page<T>> source;
    private final TreeMap<Integer, String> cursors = new TreeMap<>();

    /** @param source gives the page after a cursor (null: the first) with at most so many rows */
    public CursorPages(BiFunction<@Nullable String, Integer, Page<T>> source) {
        this.source = source;
    }

    /** Rows {@code [offset, offset + limit)}, fewer at the end. */
    public List<T> fetch(int offset, int limit) {
        Map.Entry<Integer, String> known = cursors.floorEntry(offset);
        int at = known == null ? 0 : known.getKey();
        String cursor = known == null ? null : known.getValue();
        List<T> rows = new ArrayList<>(limit);
        while (rows.size() < limit && offset - at <= SKIP_MAX) {
            int wanted =
                    at < offset ? Math.min(Page.LIMIT_MAX, offset - at) : Math.min(Page.LIMIT_MAX, limit - rows.size());
            Page<T> page = source.apply(cursor, wanted);
            if (at >= offset) {
                rows.addAll(page.items());
            }
            at += page.items().size();
            cursor = page.next();
            if (cursor == null || page.items().isEmpty()) {
                break;
            }
            cursors.put(at, cursor);
        }
        return rows;
    }
}
