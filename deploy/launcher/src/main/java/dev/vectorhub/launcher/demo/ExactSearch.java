package dev.vectorhub.launcher.demo;

import java.util.List;

/** The ten nearest by brute force over the same vectors, as the yardstick of recall. */
final class ExactSearch {
    private final float[][] rows;

    ExactSearch(List<float[]> vectors) {
        rows = new float[vectors.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = normalised(vectors.get(i));
        }
    }

    /** Row numbers of the {@code k} most similar by cosine, best first. */
    int[] nearest(float[] query, int k) {
        float[] unit = normalised(query);
        int size = Math.min(k, rows.length);
        int[] best = new int[size];
        float[] scores = new float[size];
        int found = 0;
        for (int row = 0; row < rows.length; row++) {
            float score = dot(unit, rows[row]);
            if (found == size && score <= scores[size - 1]) {
                continue;
            }
            int at = found < size ? found++ : size - 1;
            while (at > 0 && scores[at - 1] < score) {
                scores[at] = scores[at - 1];
                best[at] = best[at - 1];
                at--;
            }
            scores[at] = score;
            best[at] = row;
        }
        return best;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] * scale;
        }
        return unit;
    }
}
