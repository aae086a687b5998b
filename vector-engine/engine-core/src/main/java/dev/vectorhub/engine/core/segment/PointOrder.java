package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * The points that go into a new segment, by ascending id.
 *
 * @param sources where they are read from
 * @param source for each new ordinal the position in {@code sources}
 * @param ordinal for each new ordinal the ordinal in its source
 */
@SuppressWarnings("ArrayRecordComponent") // two columns of up to millions of entries
public record PointOrder(List<Part> sources, int[] source, int[] ordinal) {

    /**
     * The points of all sources that are alive, in the order of a segment.
     *
     * @param dead what to leave out of each source; an id must live in one source only
     */
    public static PointOrder of(List<Part> sources, List<RoaringBitmap> dead) {
        List<int[]> streams = new ArrayList<>();
        int total = 0;
        for (int s = 0; s < sources.size(); s++) {
            RoaringBitmap gone = dead.get(s);
            int[] alive = ordered(sources.get(s), o -> !gone.contains(o));
            streams.add(alive);
            total += alive.length;
        }
        int[] source = new int[total];
        int[] ordinal = new int[total];
        int[] heads = new int[streams.size()];
        for (int i = 0; i < total; i++) {
            int best = -1;
            for (int s = 0; s < heads.length; s++) {
                if (heads[s] < streams.get(s).length && (best < 0 || precedes(sources, streams, heads, s, best))) {
                    best = s;
                }
            }
            source[i] = best;
            ordinal[i] = streams.get(best)[heads[best]++];
        }
        return new PointOrder(sources, source, ordinal);
    }

    private static boolean precedes(List<Part> sources, List<int[]> streams, int[] heads, int a, int b) {
        return sources.get(a)
                        .id(streams.get(a)[heads[a]])
                        .compareTo(sources.get(b).id(streams.get(b)[heads[b]]))
                < 0;
    }

    /** The accepted ordinals of a part by ascending id. */
    public static int[] ordered(Part part, IntPredicate accepted) {
        int[] ordinals = new int[part.size()];
        int count = 0;
        for (int o = 0; o < part.size(); o++) {
            if (accepted.test(o)) {
                ordinals[count++] = o;
            }
        }
        if (part.ordered()) {
            return Arrays.copyOf(ordinals, count);
        }
        Integer[] boxed = new Integer[count];
        Arrays.setAll(boxed, i -> ordinals[i]);
        Arrays.sort(boxed, (a, b) -> part.id(a).compareTo(part.id(b)));
        int[] sorted = new int[count];
        Arrays.setAll(sorted, i -> boxed[i]);
        return sorted;
    }

    public int size() {
        return source.length;
    }
}
