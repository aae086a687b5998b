package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorKernel} over rows of unsigned bytes. Lanes add up in binary32, which is exact for whole numbers up to some
 * thousand components, and are brought together in binary64: rows that are equally far away get the same bits.
 */
final class VectorBytes implements ByteKernel {
    private static final int LANES = VectorKernel.LANES;
    private static final VectorSpecies<Float> FLOATS = VectorKernel.SPECIES;
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Double> DOUBLES = FLOATS.withLanes(double.class);
    /** There is no shape of less than 64 bits: with four lanes of floats, a load brings more bytes than it needs. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

    private static final int LOADED = BYTES.length();

    private static FloatVector row(MemorySegment rows, long offset, int i) {
        IntVector widened = (IntVector) ByteVector.fromMemorySegment(BYTES, rows, offset + i, VectorKernel.ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        return (FloatVector) widened.convert(VectorOperators.I2F, 0);
    }

    private static double sum(FloatVector lanes) {
        DoubleVector low = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 0);
        DoubleVector high = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 1);
        return low.add(high).reduceLanes(VectorOperators.ADD);
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        for (int end = n - LANES - LOADED; i <= end; i += 2 * LANES) {
            a = VectorKernel.query(query, i).fma(row(rows, offset, i), a);
            b = VectorKernel.query(query, i + LANES).fma(row(rows, offset, i + LANES), b);
        }
        for (int end = n - LOADED; i <= end; i += LANES) {
            a = VectorKernel.query(query, i).fma(row(rows, offset, i), a);
        }
        double sum = sum(a) + sum(b);
        for (; i < n; i++) {
            sum += (double) query[i] * ScalarBytes.component(rows, offset, i);
        }
        return (float) sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        for (int end = n - LANES - LOADED; i <= end; i += 2 * LANES) {
            FloatVector p = VectorKernel.query(query, i).sub(row(rows, offset, i));
            FloatVector q = VectorKernel.query(query, i + LANES).sub(row(rows, offset, i + LANES));
            a = p.fma(p, a);
            b = q.fma(q, b);
        }
        for (int end = n - LOADED; i <= end; i += LANES) {
            FloatVector p = VectorKernel.query(query, i).sub(row(rows, offset, i));
            a = p.fma(p, a);
        }
        double sum = sum(a) + sum(b);
        for (; i < n; i++) {
            double difference = (double) query[i] - ScalarBytes.component(rows, offset, i);
            sum += difference * difference;
        }
        return (float) sum;
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        FloatVector a = FloatVector.zero(FLOATS);
        for (int end = n - LOADED; i <= end; i += LANES) {
            a = a.add(VectorKernel.query(query, i).sub(row(rows, offset, i)).abs());
        }
        double sum = sum(a);
        for (; i < n; i++) {
            sum += Math.abs((double) query[i] - ScalarBytes.component(rows, offset, i));
        }
        return (float) sum;
    }

    @Override
    public float cosine(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        FloatVector products = FloatVector.zero(FLOATS);
        FloatVector lengths = products;
        for (int end = n - LOADED; i <= end; i += LANES) {
            FloatVector row = row(rows, offset, i);
            products = VectorKernel.query(query, i).fma(row, products);
            lengths = row.fma(row, lengths);
        }
        double sum = sum(products);
        double squares = sum(lengths);
        for (; i < n; i++) {
            double component = ScalarBytes.component(rows, offset, i);
            sum += query[i] * component;
            squares += component * component;
        }
        return squares == 0 ? 0 : (float) (sum / Math.sqrt(squares));
    }
}
