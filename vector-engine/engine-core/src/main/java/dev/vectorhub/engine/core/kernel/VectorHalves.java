package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorKernel} over rows of binary16 components. The API has no conversion from binary16: sign and digits are moved to
 * where binary32 has them, and a product with 2¹¹² mends the exponent, also that of subnormal numbers. Infinities and NaN would
 * come out wrong; rows hold none. Decoding takes longer than the additions wait, hence two accumulators are enough.
 */
final class VectorHalves implements RowKernel {
    private static final int LANES = VectorKernel.LANES;
    private static final VectorSpecies<Float> FLOATS = VectorKernel.SPECIES;
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
    /** From the exponent field of binary16, shifted, to that of binary32: 127 − 15. */
    private static final float REBIAS = 0x1p112f;

    private static final int DIGITS_SHIFT = 13;
    private static final int SIGN_AND_DIGITS = 0x8FFFE000;

    private static FloatVector row(MemorySegment rows, long offset, int i) {
        IntVector widened = (IntVector) ShortVector.fromMemorySegment(SHORTS, rows, offset + 2L * i, VectorKernel.ORDER)
                .convertShape(VectorOperators.S2I, INTS, 0);
        return widened.lanewise(VectorOperators.LSHL, DIGITS_SHIFT)
                .and(SIGN_AND_DIGITS)
                .reinterpretAsFloats()
                .mul(REBIAS);
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        float sum = 0;
        if (n >= LANES) {
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            for (int end = n - 2 * LANES; i <= end; i += 2 * LANES) {
                a = VectorKernel.query(query, i).fma(row(rows, offset, i), a);
                b = VectorKernel.query(query, i + LANES).fma(row(rows, offset, i + LANES), b);
            }
            for (int end = n - LANES; i <= end; i += LANES) {
                a = VectorKernel.query(query, i).fma(row(rows, offset, i), a);
            }
            sum = VectorKernel.sum(a.add(b));
        }
        for (; i < n; i++) {
            sum = Math.fma(query[i], ScalarHalves.component(rows, offset, i), sum);
        }
        return sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        float sum = 0;
        if (n >= LANES) {
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            for (int end = n - 2 * LANES; i <= end; i += 2 * LANES) {
                FloatVector p = VectorKernel.query(query, i).sub(row(rows, offset, i));
                FloatVector q = VectorKernel.query(query, i + LANES).sub(row(rows, offset, i + LANES));
                a = p.fma(p, a);
                b = q.fma(q, b);
            }
            for (int end = n - LANES; i <= end; i += LANES) {
                FloatVector p = VectorKernel.query(query, i).sub(row(rows, offset, i));
                a = p.fma(p, a);
            }
            sum = VectorKernel.sum(a.add(b));
        }
        for (; i < n; i++) {
            float difference = query[i] - ScalarHalves.component(rows, offset, i);
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        float sum = 0;
        if (n >= LANES) {
            FloatVector a = FloatVector.zero(FLOATS);
            for (int end = n - LANES; i <= end; i += LANES) {
                a = a.add(VectorKernel.query(query, i).sub(row(rows, offset, i)).abs());
            }
            sum = VectorKernel.sum(a);
        }
        for (; i < n; i++) {
            sum += Math.abs(query[i] - ScalarHalves.component(rows, offset, i));
        }
        return sum;
    }
}
