package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.filter.FieldSink;
import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Makes of one field of a payload what Lucene is to index of it; see {@link LuceneFields}. */
final class FieldDocument implements FieldSink {
    private static final org.apache.lucene.document.FieldType TOKENS = tokens(IndexOptions.DOCS);
    private static final org.apache.lucene.document.FieldType POSITIONS =
            tokens(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    private final int field;
    private final List<? super IndexableField> document;
    private final @Nullable TextAnalyzer analyzer;
    private final boolean positions;
    private final Set<String> flags = new LinkedHashSet<>();
    private final List<String> tokens = new ArrayList<>();
    /** Where values after the first begin in {@link #tokens}. */
    private final List<Integer> gaps = new ArrayList<>();

    private final List<double[]> places = new ArrayList<>();
    private final FieldType type;
    private int present;

    private static org.apache.lucene.document.FieldType tokens(IndexOptions options) {
        org.apache.lucene.document.FieldType type = new org.apache.lucene.document.FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /**
     * @param field its position among the indexed ones
     * @param document to add to
     */
    FieldDocument(int field, FieldSpec spec, List<? super IndexableField> document) {
        this.field = field;
        this.document = document;
        this.type = spec.type();
        TextSpec text = spec.text();
        this.analyzer = text == null ? null : TextAnalyzer.of(text);
        this.positions = text != null && text.positions();
    }

    @Override
    public void value(boolean isNull, int count) {
        if (isNull) {
            flags.add(LuceneFields.NULL);
        } else if (count > 0) {
            flags.add(LuceneFields.FILLED);
        }
        document.add(new IntPoint(LuceneFields.counts(field), count));
    }

    @Override
    public void present() {
        present++;
    }

    @Override
    public void keyword(String text) {
        if (LuceneFields.isTerm(text)) {
            document.add(new StringField(LuceneFields.terms(field), text, Field.Store.NO));
        } else {
            other();
        }
    }

    @Override
    public void integer(long value) {
        document.add(new LongPoint(LuceneFields.longs(field), value));
        document.add(new SortedNumericDocValuesField(LuceneFields.longs(field), value));
    }

    @Override
    public void datetime(long micros) {
        integer(micros);
    }

    @Override
    public void number(double value) {
        document.add(new DoublePoint(LuceneFields.doubles(field), LongRanges.zero(value)));
        if (type == FieldType.FLOAT) {
            document.add(new SortedNumericDocValuesField(
                    LuceneFields.doubles(field), NumericUtils.doubleToSortableLong(value)));
        }
    }

    @Override
    public void bool(boolean value) {
        flags.add(value ? LuceneFields.TRUE : LuceneFields.FALSE);
    }

    @Override
    public void uuid(UUID value) {
        document.add(new StringField(LuceneFields.terms(field), LuceneFields.uuid(value), Field.Store.NO));
    }

    @Override
    public void place(double lat, double lon) {
        document.add(new DoublePoint(LuceneFields.places(field), LongRanges.zero(lat), LongRanges.zero(lon)));
        places.add(new double[] {lat, lon});
    }

    @Override
    public void text(String text) {
        if (analyzer != null) {
            gaps.add(tokens.size());
            analyzer.document(text, token -> {
                if (LuceneFields.isTerm(token)) {
                    tokens.add(token);
                } else {
                    other();
                }
            });
        }
    }

    @Override
    public void other() {
        flags.add(LuceneFields.OTHER);
    }

    /** The payload has ended: adds what stands for all its values, and is ready for the next one. */
    void finish() {
        if (present > 0) {
            flags.add(LuceneFields.PRESENT);
        }
        if (present > 1) {
            flags.add(LuceneFields.SEVERAL);
        }
        for (String flag : flags) {
            document.add(new StringField(LuceneFields.flags(field), flag, Field.Store.NO));
        }
        if (!tokens.isEmpty()) {
            document.add(new Field(
                    LuceneFields.terms(field),
                    new TokenList(List.copyOf(tokens), List.copyOf(gaps)),
                    positions ? POSITIONS : TOKENS));
        }
        if (!places.isEmpty()) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * Double.BYTES * places.size());
            for (double[] place : places) {
                bytes.putDouble(place[0]).putDouble(place[1]);
            }
            document.add(new BinaryDocValuesField(LuceneFields.places(field), new BytesRef(bytes.array())));
        }
        flags.clear();
        tokens.clear();
        gaps.clear();
        places.clear();
        present = 0;
    }
}
