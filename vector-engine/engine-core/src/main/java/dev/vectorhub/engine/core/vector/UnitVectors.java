package dev.vectorhub.engine.core.vector;

/**
 * Normalisation for cosine. Always scalar and in binary64, so that each replica stores the same bits whatever its processor.
 */
public final class UnitVectors {
    private UnitVectors() {}

    /** A new vector of length one; a vector of zeros stays one. */
    public static float[] normalised(float[] vector) {
        float[] unit = vector.clone();
        normalise(unit);
        return unit;
    }

    /** Gives the vector length one; a vector of zeros stays one. */
    static void normalise(float[] vector) {
        double squares = squares(vector);
        if (squares > 0) {
            double scale = 1 / Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] * scale);
            }
        }
    }

    /** Euclid's. */
    public static float length(float[] vector) {
        return (float) Math.sqrt(squares(vector));
    }

    /** Four sums side by side, always the same four: one would wait for each addition before the next. */
    private static double squares(float[] vector) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < vector.length - 3; i += 4) {
            a += (double) vector[i] * vector[i];
            b += (double) vector[i + 1] * vector[i + 1];
            c += (double) vector[i + 2] * vector[i + 2];
            d += (double) vector[i + 3] * vector[i + 3];
        }
        for (; i < vector.length; i++) {
            a += (double) vector[i] * vector[i];
        }
        return a + b + (c + d);
    }
}
