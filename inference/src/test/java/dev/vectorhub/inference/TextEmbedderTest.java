package dev.vectorhub.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.inference.InferenceException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TextEmbedderTest {
    private static final UUID TENANT = new UUID(0, 1);
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Of the quantised model, from what the model itself yields. */
    private static final double NEAR = 0.03;

    private static final TextEmbedder EMBEDDER = new TextEmbedder(1, 16, 8);

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    private static float[][] embed(String... texts) {
        int[][] tokens = new int[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            tokens[i] = EMBEDDER.tokens(texts[i]);
        }
        return EMBEDDER.embed(TENANT, tokens, LONG);
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }

    /** The figures are those of the model's card at sentence-transformers. */
    @Test
    void yieldsTheModelsSimilarities() {
        float[][] v = embed("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");
        assertEquals(0.6660, cosine(v[0], v[1]), NEAR);
        assertEquals(0.1046, cosine(v[0], v[2]), NEAR);
        assertEquals(0.1411, cosine(v[1], v[2]), NEAR);
        for (float[] vector : v) {
            assertEquals(TextEmbedder.SIZE, vector.length);
            assertEquals(1, cosine(vector, vector), 1e-6);
        }
    }

    @Test
    void aTextHasOneVectorWhateverStandsBesideIt() {
        float[] alone = embed("a quiet harbour")[0];
        float[][] among = embed("x ".repeat(400), "a quiet harbour", "", "three words here");
        assertArrayEquals(alone, among[1]);
        assertEquals(1, cosine(among[2], among[2]), 1e-6);
    }

    @Test
    void readsTheFirst256TokensOnly() {
        String long256 = "sea ".repeat(254);
        float[][] v = embed(long256, long256 + "mountain ".repeat(500));
        assertArrayEquals(v[0], v[1]);
    }

    @Test
    void whoWaitsTooLongIsToldAndLeavesRoom() {
        int[][] many = new int[200][];
        Arrays.fill(many, EMBEDDER.tokens("word ".repeat(300)));
        for (int i = 0; i < 20; i++) {
            InferenceException late =
                    assertThrows(InferenceException.class, () -> EMBEDDER.embed(TENANT, many, Duration.ofMillis(20)));
            assertEquals(Reason.LATE, late.reason());
        }
        assertEquals(1, embed("room again").length);
    }

    @Test
    void oneTenantHasASmallShareOfTheRoom() throws Exception {
        int[][] many = new int[100][];
        Arrays.fill(many, EMBEDDER.tokens("word ".repeat(300)));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[][]>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(callers.submit(() -> EMBEDDER.embed(TENANT, many, Duration.ofSeconds(2))));
            }
            int busy = 0;
            while (busy < 4) {
                busy = 0;
                for (Future<float[][]> one : all) {
                    busy += one.state() == Future.State.FAILED && isBusy(one.exceptionNow()) ? 1 : 0;
                }
                Thread.onSpinWait();
            }
            // Another one gets in, and is served in between.
            float[][] other = EMBEDDER.embed(new UUID(0, 2), new int[][] {EMBEDDER.tokens("a guest")}, LONG);
            assertEquals(1, other.length);
            assertTrue(all.stream().anyMatch(one -> !one.isDone()), "the guest had to wait for all of the others");
            for (Future<float[][]> one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof InferenceException, () -> String.valueOf(e.getCause()));
                }
            }
        }
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof InferenceException refused
                && refused.reason() == Reason.TENANT_BUSY
                && refused.retryAfterSeconds() >= 1;
    }
}
