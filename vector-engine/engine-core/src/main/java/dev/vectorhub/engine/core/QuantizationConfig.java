package dev.vectorhub.engine.core;

/**
 * The codes by which a graph is searched. Full vectors are kept in any case and decide among what codes found.
 *
 * @param kind what a vector is encoded as
 * @param compression of product quantisation, bytes of a vector to one of its code: 4, 8, 16, 32 or 64; 0 with other kinds
 */
public record QuantizationConfig(Kind kind, int compression) {

    /** Product and binary codes are smaller than a byte a component; they find less at the same beam width. */
    public enum Kind {
        /** What the collection, else the engine says: {@link #SCALAR}. */
        DEFAULT,
        /** No codes: walks compare the vectors. */
        NONE,
        /** A byte a component. */
        SCALAR,
        /** A byte for several components, by code books of 256 entries each. */
        PRODUCT,
        /** A bit a component; under the Manhattan distance a byte. */
        BINARY
    }

    public static final QuantizationConfig DEFAULT = new QuantizationConfig(Kind.DEFAULT, 0);
    public static final QuantizationConfig NONE = new QuantizationConfig(Kind.NONE, 0);
    public static final QuantizationConfig SCALAR = new QuantizationConfig(Kind.SCALAR, 0);
    public static final QuantizationConfig BINARY = new QuantizationConfig(Kind.BINARY, 0);

    public QuantizationConfig {
        boolean known = compression >= 4 && compression <= 64 && Integer.bitCount(compression) == 1;
        if (kind == Kind.PRODUCT ? !known : compression != 0) {
            throw new IllegalArgumentException("compression " + compression + " of " + kind + " quantisation");
        }
    }

    public static QuantizationConfig product(int compression) {
        return new QuantizationConfig(Kind.PRODUCT, compression);
    }

    /** The other where this one says nothing. */
    public QuantizationConfig orElse(QuantizationConfig other) {
        return kind == Kind.DEFAULT ? other : this;
    }
}
