package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's twin of {@link ScalarKernel}. Loaded only where the incubator module is present.
 *
 * <p>Each kernel is a body unrolled over four accumulators (which hides the latency of the additions), then single vectors,
 * then a scalar tail. The order of the additions differs from the scalar one, hence so may the last bits.
 */
final class VectorKernel implements Kernel {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float>[] FOLDS = folds();

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

    private final MatrixKernel matrix = new VectorMatrix();
    private final RowKernel halves = new VectorHalves();
    private final ByteKernel bytes = new VectorBytes();

    /** Whether vectors have 128 bits at least: there are no shapes for parts of shorter ones. */
    static boolean hasShapes() {
        return SPECIES.vectorBitSize() >= 128;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static VectorShuffle<Float>[] folds() {
        VectorShuffle<Float>[] folds = new VectorShuffle[Integer.numberOfTrailingZeros(LANES)];
        for (int i = 0; i < folds.length; i++) {
            int half = LANES >> (i + 1);
            folds[i] = VectorShuffle.fromOp(SPECIES, lane -> (lane + half) % LANES);
        }
        return folds;
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    /**
     * Adds the lanes by halving, always in the same order. The API's own reduction leaves the order open and uses another one
     * once it is compiled, so that the same query would get other last bits from one call to the next.
     */
    static float sum(FloatVector lanes) {
        FloatVector folded = lanes;
        for (int i = 0; i < FOLDS.length; i++) {
            folded = folded.add(folded.rearrange(FOLDS[i]));
        }
        return folded.lane(0);
    }

    private static FloatVector row(MemorySegment rows, long offset, int i) {
        return FloatVector.fromMemorySegment(SPECIES, rows, offset + 4L * i, ORDER);
    }

    static FloatVector query(float[] query, int i) {
        return FloatVector.fromArray(SPECIES, query, i);
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        float sum = 0;
        if (n >= LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
                a = query(query, i).fma(row(rows, offset, i), a);
                b = query(query, i + LANES).fma(row(rows, offset, i + LANES), b);
                c = query(query, i + 2 * LANES).fma(row(rows, offset, i + 2 * LANES), c);
                d = query(query, i + 3 * LANES).fma(row(rows, offset, i + 3 * LANES), d);
            }
            for (int end = n - LANES; i <= end; i += LANES) {
                a = query(query, i).fma(row(rows, offset, i), a);
            }
            sum = sum(a.add(b).add(c.add(d)));
        }
        for (; i < n; i++) {
            sum = Math.fma(query[i], rows.get(FLOAT, offset + 4L * i), sum);
        }
        return sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        int n = query.length;
        int i = 0;
        float sum = 0;
        if (n >= LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
                FloatVector p = query(query, i).sub(row(rows, offset, i));
                FloatVector q = query(query, i + LANES).sub(row(rows, offset, i + LANES));
                FloatVector r = query(query, i + 2 * LANES).sub(row(rows, offset, i + 2 * LANES));
                FloatVector s = query(query, i + 3 * LANES).sub(row(rows, offset, i + 3 * LANES));
                a = p.fma(p, a);
                b = q.fma(q, b);
                c = r.fma(r, c);
                d = s.fma(s, d);
            }
            for (int end = n - LANES; i <= end; i += LANES) {
                FloatVector p = query(query, i).sub(row(rows, offset, i));
                a = p.fma(p, a);
            }
            sum = sum(a.add(b).add(c.add(d)));
        }
        for (; i < n; i++) {
            float difference = query[i] - rows.get(FLOAT, offset + 4L * i);
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
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            for (int end = n - 2 * LANES; i <= end; i += 2 * LANES) {
                a = a.add(query(query, i).sub(row(rows, offset, i)).abs());
                b = b.add(query(query, i + LANES)
                        .sub(row(rows, offset, i + LANES))
                        .abs());
            }
            for (int end = n - LANES; i <= end; i += LANES) {
                a = a.add(query(query, i).sub(row(rows, offset, i)).abs());
            }
            sum = sum(a.add(b));
        }
        for (; i < n; i++) {
            sum += Math.abs(query[i] - rows.get(FLOAT, offset + 4L * i));
        }
        return sum;
    }

    @Override
    public RowKernel halves() {
        return halves;
    }

    @Override
    public ByteKernel bytes() {
        return bytes;
    }

    @Override
    public MatrixKernel matrix() {
        return matrix;
    }

    @Override
    public Int8Probe probe() {
        return new VectorProbe();
    }
}
