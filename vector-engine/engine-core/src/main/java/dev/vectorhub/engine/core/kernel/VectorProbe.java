package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's twin of {@link ScalarProbe}. The API has no sums of byte products: codes are widened to shorts, in which two
 * products fit because no code is −128, and pairs of shorts to ints by shifts.
 */
final class VectorProbe extends Int8Probe {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> HALVES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.length() * 8));
    private static final int HALF = SHORTS.length();
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.length() * 8));
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** The query's, zero up to a full line. */
    private short[] codes = new short[0];

    private float[] floats = new float[0];
    private float scale;
    private float norm;
    /** Keeps the loads of {@link #touch} alive: the compiler drops a sum that goes nowhere. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    @Override
    void attached(CodeRows newRows) {
        int padded = (newRows.length + CodeRows.LINE_BYTES - 1) & -CodeRows.LINE_BYTES;
        if (codes.length != padded) {
            codes = new short[padded];
            floats = new float[padded];
        }
    }

    @Override
    void load(CodeRows from, int row) {
        MemorySegment memory = from.memory;
        long at = from.at(row);
        scale = from.scale(row);
        norm = from.norm(row);
        if (metric == Metric.L1) {
            for (int i = 0; i < from.length; i++) {
                floats[i] = scale * memory.get(ValueLayout.JAVA_BYTE, at + i);
            }
            return;
        }
        for (int i = 0; i < from.length; i++) {
            codes[i] = memory.get(ValueLayout.JAVA_BYTE, at + i);
        }
        Arrays.fill(codes, from.length, codes.length, (short) 0);
    }

    @Override
    void touch(int count) {
        CodeRows rows = rows();
        int sum = 0;
        for (int i = 0; i < count; i++) {
            long at = rows.at(id(i));
            for (int line = 0; line <= rows.tail; line += CodeRows.LINE_BYTES) {
                sum += rows.memory.get(ValueLayout.JAVA_BYTE, at + line);
            }
        }
        touched += sum;
    }

    @Override
    void computeDistances(int count) {
        int i = 0;
        if (metric != Metric.L1) {
            for (; i + 2 <= count; i += 2) {
                two(i);
            }
        }
        for (; i < count; i++) {
            setDistance(i, one(id(i)));
        }
    }

    @Override
    void computeRange(int from, int count) {
        for (int i = 0; i < count; i++) {
            setDistance(i, one(from + i));
        }
    }

    @Override
    public boolean apart(int count, float bound) {
        int i = 0;
        if (metric != Metric.L1) {
            for (; i + 2 <= count; i += 2) {
                two(i);
                if (distance(i) < bound || distance(i + 1) < bound) {
                    return false;
                }
            }
        }
        for (; i < count; i++) {
            if (one(id(i)) < bound) {
                return false;
            }
        }
        return true;
    }

    /** Products of codes, two to a short, then two shorts to an int. */
    private static IntVector products(MemorySegment memory, long at, ShortVector first, ShortVector second) {
        IntVector pairs = codes(memory, at)
                .mul(first)
                .add(codes(memory, at + HALF).mul(second))
                .reinterpretAsInts();
        return pairs.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 16)
                .add(pairs.lanewise(VectorOperators.ASHR, 16));
    }

    private static ShortVector codes(MemorySegment memory, long at) {
        return (ShortVector)
                ByteVector.fromMemorySegment(HALVES, memory, at, ORDER).castShape(SHORTS, 0);
    }

    /** Two rows share each load of the query, and their cache misses overlap; the code for four would outgrow the compiler. */
    private void two(int first) {
        CodeRows rows = rows();
        MemorySegment memory = rows.memory;
        int row0 = id(first);
        int row1 = id(first + 1);
        long at0 = rows.at(row0);
        long at1 = rows.at(row1);
        IntVector a = IntVector.zero(INTS);
        IntVector b = a;
        short[] query = codes;
        for (int i = 0; i < query.length; i += 2 * HALF) {
            ShortVector low = ShortVector.fromArray(SHORTS, query, i);
            ShortVector high = ShortVector.fromArray(SHORTS, query, i + HALF);
            a = a.add(products(memory, at0 + i, low, high));
            b = b.add(products(memory, at1 + i, low, high));
        }
        setDistance(first, fromDot(row0, a.reduceLanes(VectorOperators.ADD), scale, norm));
        setDistance(first + 1, fromDot(row1, b.reduceLanes(VectorOperators.ADD), scale, norm));
    }

    @Override
    float one(int row) {
        CodeRows rows = rows();
        MemorySegment memory = rows.memory;
        long at = rows.at(row);
        if (metric == Metric.L1) {
            return l1(memory, at, rows.length, rows.scale(row));
        }
        IntVector sum = IntVector.zero(INTS);
        short[] query = codes;
        for (int i = 0; i < query.length; i += 2 * HALF) {
            ShortVector low = ShortVector.fromArray(SHORTS, query, i);
            ShortVector high = ShortVector.fromArray(SHORTS, query, i + HALF);
            sum = sum.add(products(memory, at + i, low, high));
        }
        return fromDot(row, sum.reduceLanes(VectorOperators.ADD), scale, norm);
    }

    private float l1(MemorySegment memory, long at, int length, float other) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = 0;
        for (int end = length - FLOATS.length(); i <= end; i += FLOATS.length()) {
            FloatVector row = (FloatVector)
                    ByteVector.fromMemorySegment(BYTES, memory, at + i, ORDER).castShape(FLOATS, 0);
            sum = sum.add(
                    FloatVector.fromArray(FLOATS, floats, i).sub(row.mul(other)).abs());
        }
        float rest = VectorKernel.sum(sum);
        for (; i < length; i++) {
            rest += Math.abs(floats[i] - other * memory.get(ValueLayout.JAVA_BYTE, at + i));
        }
        return rest;
    }
}
