package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.VectorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Chooses points one after another so that they are near to the query and far from each other. */
final class Diversity {

    private Diversity() {}

    /** @param candidates best first; the answer keeps their scores */
    static List<Hit> choose(
            QueryReader reader, String using, VectorValue query, List<Hit> candidates, float diversity, int limit) {
        int count = candidates.size();
        List<VectorValue> vectors = new ArrayList<>(count);
        for (Hit candidate : candidates) {
            vectors.add(reader.vector(candidate.id(), using));
        }
        Function<VectorValue, float[]> comparison = reader.comparison(using, vectors);
        float[] relevance = comparison.apply(query);
        float[] nearest = new float[count];
        boolean[] taken = new boolean[count];
        List<Hit> chosen = new ArrayList<>(Math.min(limit, count));
        while (chosen.size() < Math.min(limit, count)) {
            int best = -1;
            float bestScore = 0;
            for (int i = 0; i < count; i++) {
                float score = chosen.isEmpty() ? relevance[i] : (1 - diversity) * relevance[i] - diversity * nearest[i];
                // equal ones by the candidates' order, which is that of scores and ids
                if (!taken[i] && (best < 0 || score > bestScore)) {
                    best = i;
                    bestScore = score;
                }
            }
            taken[best] = true;
            float[] similarity = comparison.apply(vectors.get(best));
            for (int i = 0; i < count; i++) {
                nearest[i] = chosen.isEmpty() ? similarity[i] : Math.max(nearest[i], similarity[i]);
            }
            chosen.add(candidates.get(best));
        }
        return chosen;
    }
}
