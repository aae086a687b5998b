package dev.vectorhub.engine.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMatrix} on the Vector API: four queries share each load of the row, and their sums need not wait for each other.
 * What is left of the queries goes one by one, with the same order of additions, so that a distance does not depend on the place
 * of its query.
 */
final class VectorMatrix implements MatrixKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
    private static final int LANES = VectorKernel.LANES;

    @Override
    public void distances(Metric metric, float[][] queries, float[] row, float[] out) {
        int q = 0;
        for (; q + 4 <= queries.length; q += 4) {
            switch (metric) {
                case DOT -> dot4(queries, q, row, out);
                case SQUARED_L2 -> squaredL24(queries, q, row, out);
                case L1 -> l14(queries, q, row, out);
            }
        }
        for (; q < queries.length; q++) {
            out[q] = switch (metric) {
                case DOT -> dot(queries[q], row);
                case SQUARED_L2 -> squaredL2(queries[q], row);
                case L1 -> l1(queries[q], row);
            };
        }
    }

    private static FloatVector at(float[] array, int i) {
        return FloatVector.fromArray(SPECIES, array, i);
    }

    private static void dot4(float[][] queries, int q, float[] row, float[] out) {
        float[] first = queries[q];
        float[] second = queries[q + 1];
        float[] third = queries[q + 2];
        float[] fourth = queries[q + 3];
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            FloatVector components = at(row, i);
            a = at(first, i).fma(components, a);
            b = at(second, i).fma(components, b);
            c = at(third, i).fma(components, c);
            d = at(fourth, i).fma(components, d);
        }
        out[q] = dotRest(first, row, end, VectorKernel.sum(a));
        out[q + 1] = dotRest(second, row, end, VectorKernel.sum(b));
        out[q + 2] = dotRest(third, row, end, VectorKernel.sum(c));
        out[q + 3] = dotRest(fourth, row, end, VectorKernel.sum(d));
    }

    private static float dot(float[] query, float[] row) {
        FloatVector a = FloatVector.zero(SPECIES);
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            a = at(query, i).fma(at(row, i), a);
        }
        return dotRest(query, row, end, VectorKernel.sum(a));
    }

    private static float dotRest(float[] query, float[] row, int from, float start) {
        float sum = start;
        for (int i = from; i < row.length; i++) {
            sum = Math.fma(query[i], row[i], sum);
        }
        return -sum;
    }

    private static FloatVector addSquare(FloatVector sum, float[] query, int i, FloatVector components) {
        FloatVector difference = at(query, i).sub(components);
        return difference.fma(difference, sum);
    }

    private static void squaredL24(float[][] queries, int q, float[] row, float[] out) {
        float[] first = queries[q];
        float[] second = queries[q + 1];
        float[] third = queries[q + 2];
        float[] fourth = queries[q + 3];
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            FloatVector components = at(row, i);
            a = addSquare(a, first, i, components);
            b = addSquare(b, second, i, components);
            c = addSquare(c, third, i, components);
            d = addSquare(d, fourth, i, components);
        }
        out[q] = squaredL2Rest(first, row, end, VectorKernel.sum(a));
        out[q + 1] = squaredL2Rest(second, row, end, VectorKernel.sum(b));
        out[q + 2] = squaredL2Rest(third, row, end, VectorKernel.sum(c));
        out[q + 3] = squaredL2Rest(fourth, row, end, VectorKernel.sum(d));
    }

    private static float squaredL2(float[] query, float[] row) {
        FloatVector a = FloatVector.zero(SPECIES);
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            a = addSquare(a, query, i, at(row, i));
        }
        return squaredL2Rest(query, row, end, VectorKernel.sum(a));
    }

    private static float squaredL2Rest(float[] query, float[] row, int from, float start) {
        float sum = start;
        for (int i = from; i < row.length; i++) {
            float difference = query[i] - row[i];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    private static void l14(float[][] queries, int q, float[] row, float[] out) {
        float[] first = queries[q];
        float[] second = queries[q + 1];
        float[] third = queries[q + 2];
        float[] fourth = queries[q + 3];
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            FloatVector components = at(row, i);
            a = a.add(at(first, i).sub(components).abs());
            b = b.add(at(second, i).sub(components).abs());
            c = c.add(at(third, i).sub(components).abs());
            d = d.add(at(fourth, i).sub(components).abs());
        }
        out[q] = l1Rest(first, row, end, VectorKernel.sum(a));
        out[q + 1] = l1Rest(second, row, end, VectorKernel.sum(b));
        out[q + 2] = l1Rest(third, row, end, VectorKernel.sum(c));
        out[q + 3] = l1Rest(fourth, row, end, VectorKernel.sum(d));
    }

    private static float l1(float[] query, float[] row) {
        FloatVector a = FloatVector.zero(SPECIES);
        int end = SPECIES.loopBound(row.length);
        for (int i = 0; i < end; i += LANES) {
            a = a.add(at(query, i).sub(at(row, i)).abs());
        }
        return l1Rest(query, row, end, VectorKernel.sum(a));
    }

    private static float l1Rest(float[] query, float[] row, int from, float start) {
        float sum = start;
        for (int i = from; i < row.length; i++) {
            sum += Math.abs(query[i] - row[i]);
        }
        return sum;
    }
}
