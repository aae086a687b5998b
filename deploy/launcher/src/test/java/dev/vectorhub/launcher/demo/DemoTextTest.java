package dev.vectorhub.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.launcher.Progress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real dictionary and the real model, on a small part. */
class DemoTextTest {
    @Test
    void queriesAreHeldOutAndSimilarTextsHaveSimilarVectors() {
        DemoText text = DemoText.embed(60, 20, new Progress(System.err));
        assertEquals(60, text.glosses().size());
        assertEquals(60, text.vectors().size());
        assertEquals(20, text.queries().size());
        Set<String> domains = new HashSet<>();
        for (Gloss gloss : text.glosses()) {
            assertFalse(gloss.text().contains("; \""), gloss.text());
            domains.add(gloss.domain());
        }
        assertTrue(domains.size() > 10, () -> "every part of the dictionary is there: " + domains);
        for (float[] vector : text.vectors()) {
            assertEquals(GlossEmbedder.DIMENSIONS, vector.length);
        }
        try (GlossEmbedder embedder = new GlossEmbedder()) {
            ExactSearch search = new ExactSearch(java.util.List.of(
                    embedder.embed("a small domesticated carnivorous mammal that purrs"),
                    embedder.embed("a vehicle with an engine and four wheels"),
                    embedder.embed("to consume food")));
            assertEquals(0, search.nearest(embedder.embed("cat"), 1)[0]);
            assertEquals(1, search.nearest(embedder.embed("automobile"), 1)[0]);
            assertEquals(2, search.nearest(embedder.embed("eating a meal"), 1)[0]);
        }
    }
}
