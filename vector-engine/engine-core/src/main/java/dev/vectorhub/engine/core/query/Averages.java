package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.VectorValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code 2 · mean(positive) − mean(negative)} of examples: what a recommendation by the average vector is near to. */
final class Averages {

    private Averages() {}

    /**
     * The average of examples, all of one kind.
     *
     * @param positive how many of them, the first ones, are positive; 1 or more
     */
    static VectorValue of(List<VectorValue> vectors, int positive) {
        return switch (vectors.getFirst()) {
            case VectorValue.Dense(float[] first) -> dense(vectors, positive, first.length);
            case VectorValue.Sparse _ -> sparse(vectors, positive);
            case VectorValue.Multi _ -> multi(vectors, positive);
        };
    }

    private static float mean(double good, int positive, double bad, int negative) {
        double mean = good / positive;
        return (float) (negative == 0 ? mean : 2 * mean - bad / negative);
    }

    /** All rows, those of negative examples negated: the sum over them is what an average is for single vectors. */
    private static VectorValue multi(List<VectorValue> vectors, int positive) {
        int length = 0;
        int rows = 0;
        for (VectorValue vector : vectors) {
            VectorValue.Multi multi = (VectorValue.Multi) vector;
            length = Math.addExact(length, multi.components().length);
            rows += multi.rows();
        }
        float[] all = new float[length];
        int at = 0;
        for (int v = 0; v < vectors.size(); v++) {
            for (float component : ((VectorValue.Multi) vectors.get(v)).components()) {
                all[at++] = v < positive ? component : -component;
            }
        }
        return new VectorValue.Multi(all, rows);
    }

    private static VectorValue dense(List<VectorValue> vectors, int positive, int size) {
        double[] good = new double[size];
        double[] bad = new double[size];
        for (int v = 0; v < vectors.size(); v++) {
            double[] sums = v < positive ? good : bad;
            float[] components = ((VectorValue.Dense) vectors.get(v)).components();
            for (int i = 0; i < size; i++) {
                sums[i] += components[i];
            }
        }
        float[] average = new float[size];
        for (int i = 0; i < size; i++) {
            average[i] = mean(good[i], positive, bad[i], vectors.size() - positive);
        }
        return new VectorValue.Dense(average);
    }

    private static VectorValue sparse(List<VectorValue> vectors, int positive) {
        Map<Integer, double[]> sums = new TreeMap<>(Integer::compareUnsigned);
        for (int v = 0; v < vectors.size(); v++) {
            VectorValue.Sparse vector = (VectorValue.Sparse) vectors.get(v);
            for (int i = 0; i < vector.indices().length; i++) {
                sums.computeIfAbsent(vector.indices()[i], index -> new double[2])[v < positive ? 0 : 1] +=
                        vector.values()[i];
            }
        }
        int[] indices = new int[sums.size()];
        float[] values = new float[sums.size()];
        int count = 0;
        for (Map.Entry<Integer, double[]> sum : sums.entrySet()) {
            indices[count] = sum.getKey();
            values[count++] = mean(sum.getValue()[0], positive, sum.getValue()[1], vectors.size() - positive);
        }
        return new VectorValue.Sparse(indices, values);
    }
}
