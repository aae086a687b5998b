package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.filter.IndexPlanner;
import dev.vectorhub.engine.core.filter.PayloadMatcher;
import dev.vectorhub.engine.core.point.Part;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** One filter on its way over the parts of one view; for one thread. Counts the payload bytes that it reads. */
final class FilterRun {
    private final Filter filter;
    private final View view;
    private final PayloadMatcher matcher;
    private long bytesRead;

    FilterRun(Filter filter, View view) {
        this.filter = filter;
        this.view = view;
        this.matcher = PayloadMatcher.compile(filter);
    }

    long bytesRead() {
        return bytesRead;
    }

    /**
     * What ids and field indexes say, without the dead; null if nothing.
     */
    IndexPlanner.@Nullable Answer candidates(LivePart part) {
        IndexPlanner.Answer answer = new IndexPlanner(part.part(), part.indexes(), view.fields()).answer(filter);
        return answer == null
                ? null
                : new IndexPlanner.Answer(RoaringBitmap.andNot(answer.ordinals(), part.dead()), answer.exact());
    }

    /** The live ordinals that match. */
    RoaringBitmap matching(LivePart part) {
        IndexPlanner.Answer answer = candidates(part);
        if (answer != null && answer.exact()) {
            return answer.ordinals();
        }
        RoaringBitmap base = answer == null ? alive(part) : answer.ordinals();
        RoaringBitmap found = new RoaringBitmap();
        Test test = test(part);
        IntIterator ordinals = base.getIntIterator();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.next();
            if (test.holds(ordinal)) {
                found.add(ordinal);
            }
        }
        return found;
    }

    static RoaringBitmap alive(LivePart part) {
        RoaringBitmap all = RoaringBitmap.bitmapOfRange(0, part.part().size());
        all.andNot(part.dead());
        return all;
    }

    /** Tests one point of the part at a time, dead or alive. */
    Test test(LivePart part) {
        return new Test(part.part());
    }

    final class Test {
        private static final byte[] NOT_READ = {};
        private final Part part;
        private final Part.PayloadCursor payloads;

        private Test(Part part) {
            this.part = part;
            this.payloads = part.payloads();
        }

        boolean holds(int ordinal) {
            byte[] payload = NOT_READ;
            if (matcher.readsPayload()) {
                payload = payloads.payload(ordinal);
                bytesRead += payload.length;
            }
            return matcher.matches(matcher.readsIds() ? part.id(ordinal) : null, payload);
        }
    }
}
