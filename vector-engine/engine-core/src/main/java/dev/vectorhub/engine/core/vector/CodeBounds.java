package dev.vectorhub.engine.core.vector;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Metric;

/**
 * How far the distance of two encoded vectors can be from that of the vectors themselves. Each row knows how far its code is from
 * it, the query too, so that the triangle inequality and Cauchy and Schwarz bound the difference: a scan over codes can tell
 * which rows the full vectors have to decide, and its answer is exact. Rounding is covered, as the kernels' sums have errors of
 * at most n ulps.
 */
public final class CodeBounds {
    private static final double ULP = 0x1.0p-23;
    /** Standard deviations that {@link #likely} allows for. */
    private static final double SPREAD = 3;

    private final CodeRows rows;
    private final Metric metric;
    private final double queryError;
    private final double queryLength;
    private final double rounding;
    private final double spread;

    /**
     * @param probe aimed at {@code query}
     * @param query full
     */
    public CodeBounds(Int8Probe probe, Metric metric, float[] query) {
        this.rows = probe.rows();
        this.metric = metric;
        this.queryError = probe.error();
        double length = 0;
        for (float component : query) {
            length += metric == Metric.L1 ? Math.abs(component) : (double) component * component;
        }
        this.queryLength = metric == Metric.L1 ? length : Math.sqrt(length);
        this.rounding = (query.length + 8) * ULP;
        this.spread = SPREAD / Math.sqrt(query.length);
    }

    /** No distance of the row itself is below this. */
    public float lower(int row, float approximate) {
        return (float) bound(row, approximate, -1);
    }

    /** No distance of the row itself is above this. */
    public float upper(int row, float approximate) {
        return (float) bound(row, approximate, 1);
    }

    private double bound(int row, float approximate, int side) {
        double rowError = rows.error(row);
        return switch (metric) {
            case DOT -> {
                double rowLength = rows.decodedLength(row);
                double slack = queryError * rowLength + queryLength * rowError;
                yield approximate + side * (slack + rounding * queryLength * (rowLength + rowError));
            }
            case SQUARED_L2 -> {
                double lengths = queryLength + queryError + rows.decodedLength(row);
                double squares = Math.max(0, approximate + side * 4 * ULP * lengths * lengths);
                double distance = Math.max(0, Math.sqrt(squares) + side * (queryError + rowError));
                yield distance * distance * (1 + side * rounding);
            }
            case L1 -> approximate + side * (queryError + rowError + rounding * (approximate + queryLength));
        };
    }

    /** A value that the distance of the row itself is hardly ever below: errors of single components do not conspire. */
    public float likely(int row, float approximate) {
        double rowError = rows.error(row);
        double deviation = switch (metric) {
            case DOT -> Math.hypot(queryError * rows.decodedLength(row), queryLength * rowError);
            case SQUARED_L2 -> 2 * Math.sqrt(approximate) * Math.hypot(queryError, rowError);
            case L1 -> queryError + rowError;
        };
        return (float) (approximate - spread * deviation);
    }
}
