package dev.vectorhub.engine.core.index;

import org.apache.lucene.util.BytesRef;

/**
 * Names within the Lucene index of a part. The field with position {@code n} among the indexed ones has
 *
 * <pre>
 * n.flags   terms: what its values are (the flags below)
 * n.terms   terms: KEYWORD the texts, UUID their 16 bytes, TEXT the tokens (with positions if phrases are asked for)
 * n.long    points and sorted numeric values: INTEGER the integers, DATETIME microseconds
 * n.double  points: INTEGER the other numbers, FLOAT all numbers, these also as sorted numeric values
 * n.place   points of two dimensions and, as binary values, latitudes and longitudes in turn: GEO
 * n.count   points: how many values each value has
 * </pre>
 */
final class LuceneFields {
    /** Some value is neither null nor an empty array. */
    static final String FILLED = "f";
    /** Some value is null. */
    static final String NULL = "n";
    /** Some element is not null. */
    static final String PRESENT = "v";
    /** More than one element is not null. */
    static final String SEVERAL = "m";
    /** Some element is a text that could not be indexed as it is. */
    static final String OTHER = "x";

    static final String TRUE = "t";
    static final String FALSE = "e";

    /** Longer terms Lucene does not take. */
    static final int TERM_BYTES_MAX = 32_766;
    /** Between the tokens of two values: phrases do not reach across. */
    static final int VALUE_GAP = 100;

    private LuceneFields() {}

    static String flags(int field) {
        return field + ".flags";
    }

    static String terms(int field) {
        return field + ".terms";
    }

    static String longs(int field) {
        return field + ".long";
    }

    static String doubles(int field) {
        return field + ".double";
    }

    static String places(int field) {
        return field + ".place";
    }

    static String counts(int field) {
        return field + ".count";
    }

    static BytesRef uuid(java.util.UUID uuid) {
        byte[] bytes = new byte[16];
        java.nio.ByteBuffer.wrap(bytes).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return new BytesRef(bytes);
    }

    /** Whether the text can be a term. */
    static boolean isTerm(String text) {
        // three bytes a character at most
        return text.length() * 3 <= TERM_BYTES_MAX || new BytesRef(text).length <= TERM_BYTES_MAX;
    }
}
