package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts several results together as one. */
final class Fusions {

    private static final float LONE_SCORE = 0.5f;

    private Fusions() {}

    static List<Hit> rrf(List<Source> sources, Query.Rrf rrf) {
        List<Float> weights = rrf.weights();
        if (!weights.isEmpty() && weights.size() != sources.size()) {
            throw StoreException.invalid("rrf.weights: one for each of the " + sources.size()
                    + " prefetches is wanted, these are " + weights.size());
        }
        Map<PointId, Double> scores = new LinkedHashMap<>();
        for (int s = 0; s < sources.size(); s++) {
            float weight = weights.isEmpty() ? 1 : weights.get(s);
            List<Hit> hits = sources.get(s).hits();
            for (int rank = 0; rank < hits.size(); rank++) {
                double score = weight <= 0 ? 0 : 1 / ((rank + 1.0) / weight + rrf.k() - 1.0);
                scores.merge(hits.get(rank).id(), score, Double::sum);
            }
        }
        return ranked(scores);
    }

    static List<Hit> dbsf(List<Source> sources) {
        Map<PointId, Double> scores = new LinkedHashMap<>();
        for (Source source : sources) {
            List<Hit> hits = source.hits();
            double sign = source.higherIsBetter() ? 1 : -1;
            // Summed first: of equal scores the mean is then that score to the last bit, and the spread 0.
            double sum = 0;
            for (Hit hit : hits) {
                sum += sign * hit.score();
            }
            double mean = sum / hits.size();
            double squares = 0;
            for (Hit hit : hits) {
                squares += (sign * hit.score() - mean) * (sign * hit.score() - mean);
            }
            double spread = hits.size() < 2 ? 0 : 3 * Math.sqrt(squares / (hits.size() - 1));
            for (Hit hit : hits) {
                double score = spread == 0 ? LONE_SCORE : (sign * hit.score() - (mean - spread)) / (2 * spread);
                scores.merge(hit.id(), score, Double::sum);
            }
        }
        return ranked(scores);
    }

    private static List<Hit> ranked(Map<PointId, Double> scores) {
        List<Hit> hits = new ArrayList<>(scores.size());
        scores.forEach((id, score) -> hits.add(new Hit(id, score.floatValue())));
        hits.sort(Hit.BEST_FIRST);
        return hits;
    }
}
