package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Searches a collection that was opened before anybody asked, as a client would: the way from a query to its answer is loaded and
 * compiled, and the collection's rows are mapped, when the first one comes.
 */
public final class Rehearsal {
    private static final AtomicBoolean COMPILED = new AtomicBoolean();
    /** For the first collection of a process: until the compiler has seen enough. */
    private static final int FIRST_QUERIES_MAX = 3_000;

    private static final int QUERIES_MAX = 20;
    private static final long NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int LIMIT = 10;

    private Rehearsal() {}

    /** Takes seven tenths of a second at most. Nobody counts these searches. */
    public static void run(LiveCollection collection, BooleanSupplier cancelled) {
        for (VectorConfig vector : collection.config().vectors()) {
            if (vector.kind() == VectorKind.DENSE) {
                run(collection, vector, cancelled);
                return;
            }
        }
    }

    private static void run(LiveCollection collection, VectorConfig vector, BooleanSupplier cancelled) {
        int queries = COMPILED.getAndSet(true) ? QUERIES_MAX : FIRST_QUERIES_MAX;
        Random random = new Random(queries);
        float[] query = new float[vector.size()];
        long begin = System.nanoTime();
        for (int i = 0; i < queries && System.nanoTime() - begin < NANOS_MAX && !cancelled.getAsBoolean(); i++) {
            for (int d = 0; d < query.length; d++) {
                query[d] = random.nextFloat() - 0.5f;
            }
            Reading.search(collection, nearest(vector.name(), query.clone()));
        }
    }

    private static SearchSpec nearest(String using, float[] query) {
        SearchSpec unnamed = SearchSpec.nearest(query, LIMIT);
        return new SearchSpec(
                using,
                unnamed.query(),
                null,
                LIMIT,
                0,
                null,
                0,
                false,
                false,
                unnamed.quantization(),
                unnamed.payload(),
                unnamed.vectors());
    }
}
