package dev.vectorhub.engine.bench.data;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What people ask for: sentences under a small language model. WordNet's glosses, embedded by all-MiniLM-L6-v2 (quantised
 * ONNX, in this process), 384 dimensions under cosine. Some 250 a second and core, so committed every thousand.
 */
final class MiniLmSource implements Source {
    private static final int DIMENSIONS = 384;
    private static final int BASE = 100_000;
    private static final int BATCH = 1000;

    @Override
    public String name() {
        return "minilm";
    }

    @Override
    public Metric metric() {
        return Metric.COSINE;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public int base() {
        return BASE;
    }

    @Override
    public double recall() {
        return 0.98;
    }

    @Override
    public void fill(RowFile file, int rows, Progress progress) throws IOException {
        List<String> texts = Glosses.texts();
        if (texts.size() < rows) {
            throw new Failure("WordNet has " + texts.size() + " glosses; " + rows + " are needed");
        }
        long start = System.nanoTime();
        int first = file.rows();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var model = new AllMiniLmL6V2QuantizedEmbeddingModel(threads);
            while (file.rows() < rows) {
                List<TextSegment> batch = new ArrayList<>(BATCH);
                for (String text : texts.subList(file.rows(), Math.min(rows, file.rows() + BATCH))) {
                    batch.add(TextSegment.from(text));
                }
                for (var embedding : model.embedAll(batch).content()) {
                    file.append(embedding.vector(), true);
                }
                file.commit();
                double perSecond = (file.rows() - first) / ((System.nanoTime() - start) / 1e9);
                progress.say(
                        "embedded %d of %d glosses, %.0f a second, %.0f s left",
                        file.rows(), rows, perSecond, (rows - file.rows()) / perSecond);
            }
        }
    }
}
