package dev.vectorhub.inference;

import ai.onnxruntime.OrtException;
import dev.vectorhub.text.TextAnalyzer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/** Texts a second of one thread's own CPU time, by their length: run {@link #main}. */
final class EmbeddingBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String[] WORDS =
            "vector search finds texts whose meaning is near that of the question while words count the same words again"
                    .split(" ");
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 3;

    private EmbeddingBenchmark() {}

    private interface Work {
        void run() throws OrtException;
    }

    public static void main(String[] arguments) throws IOException, OrtException {
        WordPiece tokenizer = MiniLm.tokenizer();
        Bm25 bm25 =
                new Bm25(Bm25.K_DEFAULT, Bm25.B_DEFAULT, Bm25.AVERAGE_LENGTH_DEFAULT, TextAnalyzer.of(Bm25.english()));
        try (MiniLm model = MiniLm.load()) {
            System.out.println("tokens | texts/s | tokens/s | tokenised texts/s | BM25 texts/s");
            for (int length : new int[] {8, 16, 32, 64, 128, 256}) {
                String text = text(length - 2);
                int[] tokens = tokenizer.tokens(text);
                double embedded = perSecond(() -> model.embed(tokens));
                double tokenised = perSecond(() -> tokenizer.tokens(text));
                double counted = perSecond(() -> bm25.document(text));
                System.out.printf(
                        Locale.ROOT,
                        "%d | %.0f | %.0f | %.0f | %.0f%n",
                        tokens.length,
                        embedded,
                        embedded * tokens.length,
                        tokenised,
                        counted);
            }
        }
    }

    /** Words of one token each. */
    private static String text(int words) {
        String[] chosen = new String[words];
        Arrays.setAll(chosen, i -> WORDS[i % WORDS.length]);
        return String.join(" ", chosen);
    }

    /** The best of the rounds. */
    private static double perSecond(Work work) throws OrtException {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            long spent = 0;
            int done = 0;
            while (spent < ROUND_NANOS / ROUNDS) {
                for (int i = 0; i < 10; i++) {
                    work.run();
                }
                done += 10;
                spent = THREADS.getCurrentThreadCpuTime() - begin;
            }
            best = Math.max(best, done * 1e9 / spent);
        }
        return best;
    }
}
