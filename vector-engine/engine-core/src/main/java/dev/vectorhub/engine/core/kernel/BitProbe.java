package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A probe over {@link BitCode}. The query is cut into {@link #PLANES} bits a component, one plane of bits each, so that a sum over
 * its components where a row has ones is a few counts of bits.
 */
public final class BitProbe extends WalkingProbe {
    private static final int PLANES = 6;

    private @Nullable CodeRows rows;
    private Metric metric = Metric.DOT;
    private float[] mean = new float[0];
    private double meanSquares;
    private long[] planes = new long[0];
    private int words;
    private double lowest;
    private double step;
    private double sum;
    private double squares;
    private double withMean;
    /** The planes, and for each row of a batch its ones and its levels, for C. */
    private MemorySegment nativePlanes = MemorySegment.NULL;

    private MemorySegment sums = MemorySegment.NULL;

    /** @param natively whether the native kernel may be used */
    public BitProbe(boolean natively) {
        super(natively);
    }

    /** Sets the rows; the query has to be aimed afterwards. */
    public void over(CodeRows newRows, MemorySegment book, Metric newMetric, int batch) {
        if (newMetric == Metric.L1) {
            throw new IllegalArgumentException("bits say nothing of sums of absolute differences");
        }
        rows = newRows;
        metric = newMetric;
        int dimensions = (int) (book.byteSize() / 4);
        if (mean.length != dimensions) {
            mean = new float[dimensions];
            words = BitCode.words(dimensions);
            planes = new long[PLANES * words];
        }
        MemorySegment.copy(book, CodeRows.FLOAT, 0, mean, 0, dimensions);
        meanSquares = 0;
        for (float component : mean) {
            meanSquares += (double) component * component;
        }
        attach(newRows, true, batch);
        if (walk != null) {
            nativePlanes = nativePlanes.byteSize() < 8L * planes.length ? allocate(8L * planes.length) : nativePlanes;
            sums = sums.byteSize() < 8L * batchMax() ? allocate(8L * batchMax()) : sums;
        }
    }

    @Override
    public CodeRows rows() {
        return Objects.requireNonNull(rows);
    }

    @Override
    public void aim(float[] query) {
        lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        sum = 0;
        squares = 0;
        withMean = 0;
        for (int i = 0; i < mean.length; i++) {
            double centred = (double) query[i] - mean[i];
            lowest = Math.min(lowest, centred);
            highest = Math.max(highest, centred);
            sum += centred;
            squares += centred * centred;
            withMean += (double) query[i] * mean[i];
        }
        step = (highest - lowest) / ((1 << PLANES) - 1);
        double inverse = step > 0 ? 1 / step : 0;
        Arrays.fill(planes, 0);
        for (int i = 0; i < mean.length; i++) {
            long level = Math.round(((double) query[i] - mean[i] - lowest) * inverse);
            for (int plane = 0; plane < PLANES; plane++) {
                planes[plane * words + (i >> 6)] |= (level >> plane & 1) << i;
            }
        }
        if (walk != null) {
            MemorySegment.copy(planes, 0, nativePlanes, ValueLayout.JAVA_LONG, 0, planes.length);
        }
    }

    @Override
    void computeDistances(int count) {
        if (walk != null) {
            NativeCode.bits(walk.address, nativePlanes.address(), words, PLANES, count, sums.address());
            for (int i = 0; i < count; i++) {
                set(i, sums.get(ValueLayout.JAVA_INT, 8L * i), sums.get(ValueLayout.JAVA_INT, 8L * i + 4));
            }
            return;
        }
        CodeRows target = rows();
        MemorySegment memory = target.memory;
        for (int i = 0; i < count; i++) {
            long at = target.at(id(i));
            int ones = 0;
            int levels = 0;
            for (int word = 0; word < words; word++) {
                long bits = memory.get(BitCode.LONG, at + 8L * word);
                ones += Long.bitCount(bits);
                for (int plane = 0; plane < PLANES; plane++) {
                    levels += Long.bitCount(bits & planes[plane * words + word]) << plane;
                }
            }
            set(i, ones, levels);
        }
    }

    /**
     * Sets a distance.
     *
     * @param ones of the row
     * @param levels of the query added up where the row has ones
     */
    private void set(int i, int ones, int levels) {
        CodeRows target = rows();
        int row = id(i);
        double signed = 2 * (lowest * ones + step * levels) - sum;
        double product = target.scale(row) * signed;
        double distance = metric == Metric.DOT
                ? -(product + withMean + target.error(row) - meanSquares)
                : Math.max(0, target.norm(row) + squares - 2 * product);
        setDistance(i, (float) distance);
    }
}
