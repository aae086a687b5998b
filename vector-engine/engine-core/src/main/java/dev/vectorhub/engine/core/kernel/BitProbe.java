package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A probe over {@link BitCode}. The query is cut into {@link #PLANES} bits a component, one plane of bits each, so that a sum over
 * its components where a row has ones is a few counts of bits.
 */
public final class BitProbe extends Probe {
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
        require(newRows.size(), batch);
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
    }

    @Override
    void computeDistances(int count) {
        CodeRows target = rows();
        MemorySegment memory = target.memory;
        for (int i = 0; i < count; i++) {
            int row = id(i);
            long at = target.at(row);
            long ones = 0;
            long levels = 0;
            for (int word = 0; word < words; word++) {
                long bits = memory.get(BitCode.LONG, at + 8L * word);
                ones += Long.bitCount(bits);
                for (int plane = 0; plane < PLANES; plane++) {
                    levels += (long) Long.bitCount(bits & planes[plane * words + word]) << plane;
                }
            }
            double signed = 2 * (lowest * ones + step * levels) - sum;
            double product = target.scale(row) * signed;
            double distance = metric == Metric.DOT
                    ? -(product + withMean + target.error(row) - meanSquares)
                    : Math.max(0, target.norm(row) + squares - 2 * product);
            setDistance(i, (float) distance);
        }
    }
}
