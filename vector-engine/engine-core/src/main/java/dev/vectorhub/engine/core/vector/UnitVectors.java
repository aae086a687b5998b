package dev.vectorhub.engine.core.vector;

/**
 * Normalisation for cosine. Always scalar and in binary64, so that each replica stores the same bits whatever its processor.
 */
public final class UnitVectors {
    private UnitVectors() {}

    /** A new vector of length one; a vector of zeros stays one. */
    public static float[] normalised(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        float[] unit = vector.clone();
        if (squares > 0) {
            double scale = 1 / Math.sqrt(squares);
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (float) (unit[i] * scale);
            }
        }
        return unit;
    }
}
