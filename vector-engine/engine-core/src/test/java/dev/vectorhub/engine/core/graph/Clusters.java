package dev.vectorhub.engine.core.graph;

import java.util.Random;

/**
 * Vectors as embeddings are: clusters of different sizes and widths in a subspace of lower dimension, with noise in all
 * dimensions.
 */
public final class Clusters {
    private final Random random;
    private final float[][] basis;
    private final float[][] centers;
    private final float[] widths;
    private final int dimensions;

    public Clusters(long seed, int dimensions, int intrinsic, int clusters) {
        this.random = new Random(seed);
        this.dimensions = dimensions;
        basis = gaussian(intrinsic, dimensions, 1);
        centers = gaussian(clusters, intrinsic, 2);
        widths = new float[clusters];
        for (int i = 0; i < clusters; i++) {
            widths[i] = 0.3f + random.nextFloat();
        }
    }

    private float[][] gaussian(int rows, int columns, float scale) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextGaussian() * scale;
            }
        }
        return values;
    }

    public float[] next() {
        // squared: few large clusters, many small ones
        int cluster = (int) (Math.pow(random.nextDouble(), 2) * centers.length);
        float[] vector = new float[dimensions];
        for (int b = 0; b < basis.length; b++) {
            float weight = centers[cluster][b] + (float) random.nextGaussian() * widths[cluster];
            for (int i = 0; i < dimensions; i++) {
                vector[i] += weight * basis[b][i];
            }
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] += (float) random.nextGaussian() * 0.3f;
        }
        return vector;
    }
}
