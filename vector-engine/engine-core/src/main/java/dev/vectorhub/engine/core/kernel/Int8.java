package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Scalar quantisation to a byte a component, symmetric, with a scale for each row: the largest component becomes ±127. Codes
 * depend on nothing but their row, so that they can be made one by one. All arithmetic is scalar: every replica gets the same.
 */
public final class Int8 {
    private static final float CODE_MAX = 127;

    private Int8() {}

    /** Encodes a vector as a row; ordinal and links are left as they are. */
    public static void write(float[] vector, Metric metric, CodeRows rows, int row) {
        MemorySegment memory = rows.memory;
        long at = rows.at(row);
        float largest = 0;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        float scale = largest / CODE_MAX;
        float inverse = scale > 0 ? 1 / scale : 0;
        // a denormal scale has no inverse
        inverse = inverse <= Float.MAX_VALUE ? inverse : 0;
        int sum = 0;
        int squares = 0;
        double residue = 0;
        for (int i = 0; i < vector.length; i++) {
            float scaled = Math.min(CODE_MAX, Math.max(-CODE_MAX, vector[i] * inverse));
            int code = (int) Math.rint(scaled);
            memory.set(ValueLayout.JAVA_BYTE, at + i, (byte) code);
            sum += code;
            squares += code * code;
            double difference = vector[i] - scale * code;
            residue += metric == Metric.L1 ? Math.abs(difference) : difference * difference;
        }
        long tail = at + rows.tail;
        memory.set(CodeRows.FLOAT, tail + CodeRows.SCALE, scale);
        memory.set(CodeRows.INT, tail + CodeRows.SUM, sum);
        memory.set(CodeRows.FLOAT, tail + CodeRows.NORM, (float) ((double) scale * scale * squares));
        memory.set(CodeRows.FLOAT, tail + CodeRows.ERROR, (float) (metric == Metric.L1 ? residue : Math.sqrt(residue)));
    }
}
