package dev.vectorhub.launcher.demo;

import dev.vectorhub.launcher.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * The demonstration's text and vectors: what is loaded, and other definitions to search with, which are not loaded.
 *
 * @param queries held out: none of them is among {@code vectors}
 */
record DemoText(
        List<Gloss> glosses,
        List<float[]> vectors,
        List<float[]> queries,
        List<DemoCommand.Question> questions,
        List<float[]> questionVectors) {

    static DemoText embed(int points, int searches, Progress progress) {
        progress.step("reading WordNet");
        List<Gloss> taken = WordNetGlosses.take(points + searches);
        List<Gloss> loaded = new ArrayList<>(points);
        List<String> loadedTexts = new ArrayList<>(points);
        List<String> heldOut = new ArrayList<>(searches);
        for (int i = 0; i < taken.size(); i++) {
            // Spread evenly, so that questions come from every part of the dictionary too.
            boolean hold = (long) (i + 1) * searches / taken.size() > (long) i * searches / taken.size();
            if (hold) {
                heldOut.add(taken.get(i).text());
            } else {
                loaded.add(taken.get(i));
                loadedTexts.add(taken.get(i).text());
            }
        }
        try (GlossEmbedder embedder = new GlossEmbedder()) {
            List<float[]> vectors = embedder.embed(loadedTexts, "definitions", progress);
            List<float[]> queries = embedder.embed(heldOut, "held-out queries", progress);
            List<float[]> asked = new ArrayList<>();
            for (DemoCommand.Question question : DemoCommand.Question.ALL) {
                asked.add(embedder.embed(question.text()));
            }
            return new DemoText(loaded, vectors, queries, DemoCommand.Question.ALL, asked);
        }
    }
}
