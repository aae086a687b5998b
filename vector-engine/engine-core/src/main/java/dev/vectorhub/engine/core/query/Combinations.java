package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.query.QueryReader.Combination;

/** The scores of queries with several examples, over similarities in the order in which the examples are given. */
final class Combinations {

    /** What keeps a point on the border of a pair from counting as well placed: one ulp of 1, as in Qdrant. */
    private static final float MARGIN = Math.ulp(1f);

    private Combinations() {}

    /** @param positive how many of the examples, the first ones, are positive */
    static Combination bestScore(int positive) {
        return similarities -> {
            float best = max(similarities, 0, positive);
            float worst = max(similarities, positive, similarities.length);
            return best > worst ? scaledSigmoid(best) : -scaledSigmoid(worst);
        };
    }

    static Combination sumScores(int positive) {
        return similarities -> {
            float sum = 0;
            for (int i = 0; i < similarities.length; i++) {
                sum += i < positive ? similarities[i] : -similarities[i];
            }
            return sum;
        };
    }

    /** The target first, then pairs of positive and negative. */
    static Combination discover() {
        return similarities -> {
            int rank = 0;
            for (int i = 1; i < similarities.length; i += 2) {
                rank += Float.compare(similarities[i], similarities[i + 1]);
            }
            return rank + scaledSigmoid(similarities[0]);
        };
    }

    /** Pairs of positive and negative. */
    static Combination context() {
        return similarities -> {
            float loss = 0;
            for (int i = 0; i < similarities.length; i += 2) {
                loss += sigmoid(Math.min(similarities[i] - similarities[i + 1] - MARGIN, 0));
            }
            return loss;
        };
    }

    /**
     * The target first, then the examples.
     *
     * @param ratings of the examples
     */
    static Combination feedback(float[] ratings, float a, float b, float c) {
        return similarities -> {
            float score = a * similarities[0];
            for (int i = 0; i < ratings.length; i++) {
                for (int j = 0; j < ratings.length; j++) {
                    float confidence = ratings[i] - ratings[j];
                    if (confidence > 0) {
                        float weight = (float) Math.pow(confidence, b) * c;
                        score += weight * (similarities[i + 1] - similarities[j + 1]);
                    }
                }
            }
            return score;
        };
    }

    private static float max(float[] values, int from, int to) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }

    /** {@code x / (1 + |x|)}. */
    private static float sigmoid(float x) {
        return Float.isInfinite(x) || Float.isNaN(x) ? x : x / (1 + Math.abs(x));
    }

    private static float scaledSigmoid(float x) {
        return 0.5f * (sigmoid(x) + 1);
    }
}
