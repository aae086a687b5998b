package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.filter.FilterPlanner;
import dev.vectorhub.engine.core.filter.PayloadMatcher;
import dev.vectorhub.engine.core.filter.RequiredIndexes;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** One filter on its way over the parts of one view; for one thread. Counts the payload bytes that it reads. */
final class FilterRun {
    /** Points by which the matches among those that no index decides are estimated. */
    private static final int SAMPLE = 200;

    private final Filter filter;
    private final View view;
    private final PayloadMatcher matcher;
    private final Pace pace = Pace.current();
    private long bytesRead;

    /** @throws dev.vectorhub.engine.core.StoreException {@code INVALID_ARGUMENT}, naming what is wrong with the filter */
    FilterRun(Filter filter, View view) {
        this.filter = filter;
        this.view = view;
        this.matcher = PayloadMatcher.compile(filter, view.schema());
        if (filter.strict()) {
            RequiredIndexes.require(filter, view.schema());
        }
    }

    long bytesRead() {
        return bytesRead;
    }

    /** What ids, vectors and field indexes say, without the dead. */
    Bounds bounds(LivePart part) {
        FieldsBlob fields = part.fields();
        return new FilterPlanner(part.part(), fields == null ? null : fields.index(view.fields()), this::vector)
                .bounds(filter)
                .without(part.dead());
    }

    private int vector(String name) {
        return view.config().position(name);
    }

    /** The live ordinals that match. */
    RoaringBitmap matching(LivePart part) {
        return matching(part, bounds(part));
    }

    /** @param bounds of this filter in this part */
    RoaringBitmap matching(LivePart part, Bounds bounds) {
        if (bounds.exact()) {
            return bounds.possible();
        }
        RoaringBitmap found = bounds.sure().clone();
        Test test = test(part);
        IntIterator ordinals =
                RoaringBitmap.andNot(bounds.possible(), bounds.sure()).getIntIterator();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.next();
            if (test.holds(ordinal)) {
                found.add(ordinal);
            }
        }
        return found;
    }

    /** About how many match: what is sure, and of the rest what a sample spread evenly over it says. */
    long estimate(LivePart part, Bounds bounds) {
        int sure = bounds.sure().getCardinality();
        if (bounds.exact()) {
            return sure;
        }
        RoaringBitmap open = RoaringBitmap.andNot(bounds.possible(), bounds.sure());
        int count = open.getCardinality();
        int sample = Math.min(SAMPLE, count);
        Test test = test(part);
        int held = 0;
        for (int i = 0; i < sample; i++) {
            held += test.holds(open.select((int) ((long) i * count / sample))) ? 1 : 0;
        }
        return sure + (long) held * count / sample;
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

    final class Test implements PayloadMatcher.Subject {
        private static final byte[] NOT_READ = {};
        private final Part part;
        private final Part.PayloadCursor payloads;
        private int current;

        private Test(Part part) {
            this.part = part;
            this.payloads = part.payloads();
        }

        boolean holds(int ordinal) {
            current = ordinal;
            pace.step(1);
            if (!matcher.readsPayload()) {
                return matcher.matches(this, NOT_READ, 0, 0);
            }
            int length = payloads.seek(ordinal);
            bytesRead += length;
            return matcher.matches(this, payloads.bytes(), payloads.start(), length);
        }

        @Override
        public PointId id() {
            return part.id(current);
        }

        @Override
        public boolean hasVector(String name) {
            int vector = vector(name);
            return vector >= 0 && part.has(vector, current);
        }
    }
}
