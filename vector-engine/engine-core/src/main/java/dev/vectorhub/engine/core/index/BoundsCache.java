package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the conditions that were asked last: filters repeat (a customer, a state, a language), and an index of a part
 * that does not change always says the same. Bounded in bytes by the size of the part: about sixteen conditions that half of its
 * points fulfil.
 */
final class BoundsCache {
    private static final int BYTES_A_POINT = 2;
    /** For what an entry takes beside its bitmaps. */
    private static final int ENTRY_BYTES = 200;

    private record Key(FieldPath path, Condition condition) {}

    private final Map<Key, Bounds> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final long bytesMax;
    private long bytes;

    BoundsCache(int points) {
        this.bytesMax = (long) BYTES_A_POINT * points;
    }

    synchronized @Nullable Bounds get(FieldPath path, Condition condition) {
        return answers.get(new Key(path, condition));
    }

    synchronized void put(FieldPath path, Condition condition, Bounds bounds) {
        long size = size(bounds);
        if (size > bytesMax / 2 || answers.put(new Key(path, condition), bounds) != null) {
            return;
        }
        bytes += size;
        Iterator<Bounds> eldest = answers.values().iterator();
        while (bytes > bytesMax) {
            bytes -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(Bounds bounds) {
        long possible = bounds.possible().getLongSizeInBytes();
        return ENTRY_BYTES + possible + (bounds.exact() ? 0 : bounds.sure().getLongSizeInBytes());
    }
}
