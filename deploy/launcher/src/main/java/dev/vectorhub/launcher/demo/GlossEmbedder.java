package dev.vectorhub.launcher.demo;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.vectorhub.launcher.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** all-MiniLM-L6-v2 (quantised ONNX) in this process: text in, 384 components out. */
final class GlossEmbedder implements AutoCloseable {
    static final int DIMENSIONS = 384;
    private static final int BATCH = 500;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel(threads);

    float[] embed(String text) {
        return model.embed(text).content().vector();
    }

    List<float[]> embed(List<String> texts, String what, Progress progress) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<TextSegment> batch = new ArrayList<>(BATCH);
            for (String text : texts.subList(from, Math.min(texts.size(), from + BATCH))) {
                batch.add(TextSegment.from(text));
            }
            model.embedAll(batch).content().forEach(embedding -> vectors.add(embedding.vector()));
            progress.step("embedded " + vectors.size() + " of " + texts.size() + " " + what);
        }
        return vectors;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
