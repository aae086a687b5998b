package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.Pace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The values of one indexed field by point and points by value. */
public final class FieldColumn {
    private final LeafReader reader;
    private final int field;
    private final FieldType type;

    /** How many points have a value. */
    @FunctionalInterface
    public interface Counter {
        void count(FieldValue value, long points);
    }

    /** A value of a point. */
    @FunctionalInterface
    public interface Visitor {
        void value(int ordinal, FieldValue value);
    }

    FieldColumn(LeafReader reader, int field, FieldType type) {
        this.reader = reader;
        this.field = field;
        this.type = type;
    }

    /** Whether a text can be told from others: longer ones are in no facet. */
    public static boolean isCounted(String text) {
        return LuceneFields.isTerm(text);
    }

    /** The numbers or dates (microseconds) of each of the points, ascending. Of an integer field the integers. */
    public void numbers(RoaringBitmap points, Visitor visitor) throws IOException {
        boolean fractions = type == FieldType.FLOAT;
        SortedNumericDocValues values =
                reader.getSortedNumericDocValues(fractions ? LuceneFields.doubles(field) : LuceneFields.longs(field));
        if (values == null) {
            return;
        }
        IntIterator ordinals = points.getIntIterator();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.next();
            if (values.advanceExact(ordinal)) {
                for (int i = 0; i < values.docValueCount(); i++) {
                    long value = values.nextValue();
                    visitor.value(
                            ordinal,
                            fractions
                                    ? new FieldValue.Real(NumericUtils.sortableLongToDouble(value))
                                    : new FieldValue.Int(value));
                }
            }
        }
    }

    /**
     * Counts points by keyword, integer, boolean or UUID.
     *
     * @param points to count; null for all of the part, the dead ones too
     */
    public void counts(@Nullable RoaringBitmap points, Pace pace, Counter counter) throws IOException {
        switch (type) {
            case KEYWORD ->
                terms(
                        LuceneFields.terms(field),
                        points,
                        pace,
                        (term, count) -> counter.count(new FieldValue.Keyword(term.utf8ToString()), count));
            case UUID ->
                terms(
                        LuceneFields.terms(field),
                        points,
                        pace,
                        (term, count) ->
                                counter.count(new FieldValue.Keyword(uuid(term).toString()), count));
            case BOOL ->
                terms(LuceneFields.flags(field), points, pace, (term, count) -> {
                    String flag = term.utf8ToString();
                    if (flag.equals(LuceneFields.TRUE) || flag.equals(LuceneFields.FALSE)) {
                        counter.count(new FieldValue.Bool(flag.equals(LuceneFields.TRUE)), count);
                    }
                });
            case INTEGER -> integers(points, pace, counter);
            case FLOAT, DATETIME, GEO, TEXT -> throw new IllegalStateException("no facets of " + type);
        }
    }

    private static UUID uuid(BytesRef term) {
        ByteBuffer bytes = ByteBuffer.wrap(term.bytes, term.offset, term.length);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @FunctionalInterface
    private interface TermCounter {
        void count(BytesRef term, long points);
    }

    private void terms(String name, @Nullable RoaringBitmap points, Pace pace, TermCounter counter) throws IOException {
        Terms terms = reader.terms(name);
        if (terms == null) {
            return;
        }
        TermsEnum all = terms.iterator();
        PostingsEnum postings = null;
        for (BytesRef term = all.next(); term != null; term = all.next()) {
            pace.step(1);
            long count = all.docFreq();
            if (points != null) {
                postings = all.postings(postings, PostingsEnum.NONE);
                count = 0;
                for (int ordinal = postings.nextDoc();
                        ordinal != DocIdSetIterator.NO_MORE_DOCS;
                        ordinal = postings.nextDoc()) {
                    pace.step(1);
                    count += points.contains(ordinal) ? 1 : 0;
                }
            }
            if (count > 0) {
                counter.count(term, count);
            }
        }
    }

    private void integers(@Nullable RoaringBitmap points, Pace pace, Counter counter) throws IOException {
        SortedNumericDocValues values = reader.getSortedNumericDocValues(LuceneFields.longs(field));
        if (values == null) {
            return;
        }
        Map<Long, Long> counts = new HashMap<>();
        for (int ordinal = values.nextDoc(); ordinal != DocIdSetIterator.NO_MORE_DOCS; ordinal = values.nextDoc()) {
            pace.step(1);
            if (points == null || points.contains(ordinal)) {
                long before = 0;
                for (int i = 0; i < values.docValueCount(); i++) {
                    long value = values.nextValue();
                    // ascending: a value that a point repeats counts once
                    if (i == 0 || value != before) {
                        counts.merge(value, 1L, Long::sum);
                    }
                    before = value;
                }
            }
        }
        counts.forEach((value, count) -> counter.count(new FieldValue.Int(value), count));
    }
}
