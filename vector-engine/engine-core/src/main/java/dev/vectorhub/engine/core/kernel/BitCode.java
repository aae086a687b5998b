package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A bit a component: whether it lies above the mean of the segment. With two numbers a row an inner product is estimated from
 * the bits as RaBitQ does (Gao and Long, 2024), without its rotation: for the centred vectors {@code <q, x> ≈ f <q, s>}, where
 * {@code s} are the signs as ±1 and {@code f = |x|² / Σ|x_i|}.
 *
 * <p>In a row {@code scale} is f, {@code norm} |x|² of the centred vector and {@code error} the product of the vector with the
 * mean. The book is the mean, binary32. Bits fill longs from the lowest.
 */
public final class BitCode implements RowCode {
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final float[] mean;
    private final MemorySegment book;

    /** @param mean of the components */
    public BitCode(float[] mean, Arena arena) {
        this.mean = mean.clone();
        this.book = arena.allocate(4L * mean.length);
        MemorySegment.copy(mean, 0, book, CodeRows.FLOAT, 0, mean.length);
    }

    static int words(int dimensions) {
        return (dimensions + 63) / 64;
    }

    /** Whether code and book of a file fit the dimensions. */
    public static boolean fits(int codeBytes, long bookBytes, int dimensions) {
        return codeBytes == 8 * words(dimensions) && bookBytes == 4L * dimensions;
    }

    @Override
    public int kind() {
        return BITS;
    }

    @Override
    public int bytes() {
        return 8 * words(mean.length);
    }

    @Override
    public MemorySegment book() {
        return book;
    }

    @Override
    public void write(float[] vector, CodeRows rows, int row) {
        MemorySegment memory = rows.memory;
        long at = rows.at(row);
        double squares = 0;
        double sum = 0;
        double product = 0;
        for (int word = 0; word < words(mean.length); word++) {
            long bits = 0;
            for (int i = 64 * word; i < Math.min(64 * word + 64, mean.length); i++) {
                double centred = (double) vector[i] - mean[i];
                if (centred > 0) {
                    bits |= 1L << i;
                }
                squares += centred * centred;
                sum += Math.abs(centred);
                product += (double) vector[i] * mean[i];
            }
            memory.set(LONG, at + 8L * word, bits);
        }
        long tail = at + rows.tail;
        memory.set(CodeRows.FLOAT, tail + CodeRows.SCALE, sum > 0 ? (float) (squares / sum) : 0);
        memory.set(CodeRows.INT, tail + CodeRows.SUM, 0);
        memory.set(CodeRows.FLOAT, tail + CodeRows.NORM, (float) squares);
        memory.set(CodeRows.FLOAT, tail + CodeRows.ERROR, (float) product);
    }
}
