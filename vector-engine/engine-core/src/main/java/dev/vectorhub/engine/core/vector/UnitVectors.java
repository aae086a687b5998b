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
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        if (squares > 0) {
            double scale = 1 / Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] * scale);
            }
        }
    }
}
