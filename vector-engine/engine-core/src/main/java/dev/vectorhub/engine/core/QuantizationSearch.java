package dev.vectorhub.engine.core;

/**
 * How one search uses the codes of a quantised index.
 *
 * @param ignore walk by the vectors themselves
 * @param rescore let the vectors decide among what the codes found
 * @param oversampling how many times as many candidates as hits are wanted are rescored; 0 leaves it to the engine, which stops
 *     when the codes leave no doubt
 */
public record QuantizationSearch(boolean ignore, boolean rescore, float oversampling) {
    public static final QuantizationSearch DEFAULT = new QuantizationSearch(false, true, 0);

    /** Candidates that are rescored at most. */
    public int candidates(int wanted) {
        return oversampling > 0
                ? (int) Math.min(Integer.MAX_VALUE, Math.ceil((double) wanted * oversampling))
                : Integer.MAX_VALUE;
    }
}
