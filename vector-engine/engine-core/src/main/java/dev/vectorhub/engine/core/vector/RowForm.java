package dev.vectorhub.engine.core.vector;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.RowKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How the components of a vector lie in its row, and what becomes of a vector on its way there and back. Vectors for cosine are
 * stored with length one, but not as bytes: of those the whole numbers are kept, and the length is taken out where vectors are
 * compared. All arithmetic is scalar: every replica stores the same bits.
 */
public enum RowForm {
    /** IEEE binary32: as given. */
    FLOAT32(Datatype.FLOAT32),
    /** IEEE binary16: to the nearest, ties to even. */
    FLOAT16(Datatype.FLOAT16),
    /** Whole numbers 0 to 255: a fraction is cut off, what lies outside becomes the nearest bound. */
    UINT8(Datatype.UINT8),
    /** The same, compared as if the vector had length one. */
    UNIT_UINT8(Datatype.UINT8);

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float UINT8_MAX = 255;

    private final Datatype datatype;

    RowForm(Datatype datatype) {
        this.datatype = datatype;
    }

    public static RowForm of(Datatype datatype, Distance distance) {
        return switch (datatype) {
            case FLOAT32 -> FLOAT32;
            case FLOAT16 -> FLOAT16;
            case UINT8 -> distance == Distance.COSINE ? UNIT_UINT8 : UINT8;
        };
    }

    /** Of a row, without what pads it. */
    public long bytes(int dimensions) {
        return (long) datatype.bytes() * dimensions;
    }

    /** Bytes from row to row: a multiple of the cache line, but of 16 for rows shorter than four lines. */
    public long stride(int dimensions) {
        long bytes = bytes(dimensions);
        int unit = bytes >= 256 ? 64 : 16;
        return (bytes + unit - 1) / unit * unit;
    }

    /** What compares a query with such rows. */
    public RowKernel kernel(Kernel kernel) {
        return switch (this) {
            case FLOAT32 -> kernel;
            case FLOAT16 -> kernel.halves();
            case UINT8 -> kernel.bytes();
            case UNIT_UINT8 -> kernel.bytes().unit();
        };
    }

    /**
     * The vector as it can be read back; the array itself if nothing has to change.
     *
     * @param components finite
     * @throws StoreException {@code INVALID_ARGUMENT} for a number that the datatype cannot hold
     */
    public float[] stored(float[] components, Distance distance) {
        boolean unit = distance == Distance.COSINE && datatype != Datatype.UINT8;
        float[] vector = unit ? UnitVectors.normalised(components) : components;
        if (this == FLOAT32) {
            return vector;
        }
        float[] rounded = new float[vector.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = rounded(vector[i]);
        }
        return rounded;
    }

    private float rounded(float component) {
        if (datatype == Datatype.UINT8) {
            return (int) Math.clamp(component, 0, UINT8_MAX);
        }
        float half = Float.float16ToFloat(Float.floatToFloat16(component));
        if (Float.isInfinite(half)) {
            throw StoreException.invalid("vector: component " + component + " is beyond float16, ±65504");
        }
        return half;
    }

    /** A stored vector as others are compared with it; the array itself if that is what is stored. */
    public float[] compared(float[] stored) {
        return this == UNIT_UINT8 ? UnitVectors.normalised(stored) : stored;
    }

    /** As {@link #compared}, in place. */
    void toCompared(float[] stored) {
        if (this == UNIT_UINT8) {
            UnitVectors.normalise(stored);
        }
    }

    /**
     * Writes a row in this form.
     *
     * @param components as {@link #stored} gave them
     */
    public void write(float[] components, MemorySegment chunk, long offset) {
        switch (datatype) {
            case FLOAT32 -> MemorySegment.copy(components, 0, chunk, FLOAT, offset, components.length);
            case FLOAT16 -> {
                for (int i = 0; i < components.length; i++) {
                    chunk.set(SHORT, offset + 2L * i, Float.floatToFloat16(components[i]));
                }
            }
            case UINT8 -> {
                for (int i = 0; i < components.length; i++) {
                    chunk.set(ValueLayout.JAVA_BYTE, offset + i, (byte) components[i]);
                }
            }
        }
    }

    /** What {@link #write} has written. */
    void read(MemorySegment chunk, long offset, float[] out, int dimensions) {
        switch (datatype) {
            case FLOAT32 -> MemorySegment.copy(chunk, FLOAT, offset, out, 0, dimensions);
            case FLOAT16 -> {
                for (int i = 0; i < dimensions; i++) {
                    out[i] = Float.float16ToFloat(chunk.get(SHORT, offset + 2L * i));
                }
            }
            case UINT8 -> {
                for (int i = 0; i < dimensions; i++) {
                    out[i] = chunk.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFF;
                }
            }
        }
    }
}
