package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.filter.FieldReader;
import dev.vectorhub.engine.core.filter.FieldSink;
import dev.vectorhub.engine.core.index.FieldColumn;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.storage.Damage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The values of one indexed field over the parts of a view: from the index of a part that has one, else from payloads. For one
 * thread; counts the payload bytes that it reads.
 */
final class FieldAccess {
    /** Of a part's points: fewer are read from payloads rather than counted through every value that the part has. */
    private static final int COUNTED_SHARE = 64;

    private final View view;
    private final FieldPath path;
    private final FieldSpec spec;
    private final Pace pace = Pace.current();
    private long bytesRead;

    FieldAccess(View view, FieldPath path, FieldSpec spec) {
        this.view = view;
        this.path = path;
        this.spec = spec;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** An index whose checksum holds, but not what it says. */
    private static StoreException damaged(LivePart part, Exception e) {
        return Damage.in(
                Objects.requireNonNull(part.fields()).file().path(),
                "has an index of payload fields that cannot be read",
                e);
    }

    private @Nullable FieldColumn column(LivePart part) {
        FieldsBlob fields = part.fields();
        return fields == null ? null : fields.index(view.fields()).column(path, spec);
    }

    /** The numbers, or dates in microseconds, of each of the points; in no order within a point. */
    void numbers(LivePart part, RoaringBitmap points, FieldColumn.Visitor visitor) {
        FieldColumn column = column(part);
        if (column != null) {
            try {
                column.numbers(points, visitor);
            } catch (IOException | IndexOutOfBoundsException e) {
                throw damaged(part, e);
            }
            return;
        }
        Values values = new Values(visitor);
        read(part, points, values);
    }

    /**
     * How many of the points have each value.
     *
     * @param counts to add to
     * @param approximate the dead may be counted where that is cheaper
     */
    void counts(LivePart part, @Nullable RoaringBitmap points, boolean approximate, Map<FieldValue, Long> counts) {
        FieldColumn column = column(part);
        boolean all = points == null && (approximate || part.dead().isEmpty());
        RoaringBitmap counted = points == null && !all ? FilterRun.alive(part) : points;
        boolean few = counted != null
                && counted.getLongCardinality() * COUNTED_SHARE < part.part().size();
        if (column != null && !few) {
            try {
                column.counts(counted, pace, (value, count) -> counts.merge(value, count, Long::sum));
            } catch (IOException | IndexOutOfBoundsException e) {
                throw damaged(part, e);
            }
            return;
        }
        Set<FieldValue> seen = new HashSet<>();
        int[] last = {-1};
        Values values = new Values((ordinal, value) -> {
            if (ordinal != last[0]) {
                seen.clear();
                last[0] = ordinal;
            }
            if (seen.add(value)) {
                counts.merge(value, 1L, Long::sum);
            }
        });
        read(part, counted == null ? FilterRun.alive(part) : counted, values);
    }

    private void read(LivePart part, RoaringBitmap points, Values values) {
        FieldReader reader = new FieldReader();
        reader.add(path, spec.type(), values);
        Part.PayloadCursor payloads = part.part().payloads();
        IntIterator ordinals = points.getIntIterator();
        while (ordinals.hasNext()) {
            values.ordinal = ordinals.next();
            pace.step(1);
            int length = payloads.seek(values.ordinal);
            bytesRead += length;
            reader.over(payloads.bytes(), payloads.start(), length);
        }
    }

    /** Values as the index of the field's type has them. */
    private final class Values implements FieldSink {
        private final FieldColumn.Visitor visitor;
        private int ordinal;

        Values(FieldColumn.Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void keyword(String text) {
            if (FieldColumn.isCounted(text)) {
                visitor.value(ordinal, new FieldValue.Keyword(text));
            }
        }

        @Override
        public void uuid(UUID value) {
            visitor.value(ordinal, new FieldValue.Keyword(value.toString()));
        }

        @Override
        public void integer(long value) {
            visitor.value(ordinal, new FieldValue.Int(value));
        }

        @Override
        public void datetime(long micros) {
            visitor.value(ordinal, new FieldValue.Int(micros));
        }

        @Override
        public void number(double value) {
            if (spec.type() == FieldType.FLOAT) {
                visitor.value(ordinal, new FieldValue.Real(value));
            }
        }

        @Override
        public void bool(boolean value) {
            visitor.value(ordinal, new FieldValue.Bool(value));
        }
    }
}
