package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.graph.HnswBuilder;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.vector.CodeBounds;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has kernels and graph search compiled before the first request: until then a vector operation allocates its lanes, and a
 * query costs a hundred times what it does later. Runs once in a process, a few tenths of a second.
 */
public final class Warmup {
    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final int DIMENSIONS = 100;
    private static final int ROWS = 400;
    private static final int ROUNDS = 20;
    private static final int QUERIES = 8;

    private Warmup() {}

    public static void once(Kernel kernel) {
        if (DONE.compareAndSet(false, true)) {
            for (Distance distance : Distance.values()) {
                run(kernel, distance);
                for (Datatype datatype : Datatype.values()) {
                    compare(kernel, RowForm.of(datatype, distance), distance);
                }
                multiply(kernel, Scorer.metric(distance));
            }
        }
    }

    /** Rows of each form with a query. */
    private static void compare(Kernel kernel, RowForm form, Distance distance) {
        float[] vector = new float[DIMENSIONS];
        Arrays.fill(vector, 1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(form.stride(DIMENSIONS), 64);
            form.write(vector, memory, 0);
            Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, form, DIMENSIONS);
            Scorer scorer = new Scorer(kernel, form, distance, vector);
            for (int i = 0; i < ROUNDS * ROWS; i++) {
                scorer.distance(rows, 0);
            }
        }
    }

    /** The vectors of a multi-vector with those of another. */
    private static void multiply(Kernel kernel, Metric metric) {
        float[][] queries = new float[QUERIES][DIMENSIONS];
        float[] distances = new float[QUERIES];
        for (int i = 0; i < ROUNDS * ROWS / QUERIES; i++) {
            kernel.matrix().distances(metric, queries, queries[0], distances);
        }
    }

    private static void run(Kernel kernel, Distance distance) {
        Random random = new Random(1);
        long stride = RowForm.FLOAT32.stride(DIMENSIONS);
        float[] vector = new float[DIMENSIONS];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ROWS * stride, 64);
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < DIMENSIONS; i++) {
                    vector[i] = random.nextFloat() - 0.5f;
                }
                RowForm.FLOAT32.write(vector, memory, row * stride);
            }
            Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, DIMENSIONS);
            Metric metric = Scorer.metric(distance);
            HnswGraph graph = HnswBuilder.build(
                    new HnswBuilder.Source(rows, ROWS, OrdinalFilter.ALL, metric),
                    null,
                    kernel,
                    8,
                    40,
                    arena,
                    () -> false);
            Scorer scorer = new Scorer(kernel, RowForm.FLOAT32, distance, vector);
            SearchScratch scratch = new SearchScratch(kernel);
            Int8Probe probe = scratch.codes();
            for (int round = 0; graph != null && round < ROUNDS; round++) {
                probe.over(graph.rows(), metric, ROWS);
                probe.aim(vector);
                graph.search(probe, 20, OrdinalFilter.ALL, scratch);
                probe.range(0, ROWS);
                CodeBounds bounds = new CodeBounds(probe, metric, vector);
                for (int row = 0; row < ROWS; row++) {
                    bounds.upper(row, bounds.lower(row, scorer.distance(rows, row)));
                }
            }
        }
    }
}
