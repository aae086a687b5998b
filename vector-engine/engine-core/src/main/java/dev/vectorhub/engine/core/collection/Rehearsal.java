package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.query.Query;
import dev.vectorhub.engine.core.query.QuerySpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Searches a collection that was opened before anybody asked, as a client would: the way from a query to its answer is loaded and
 * compiled, and the collection's rows are mapped, when the first one comes. The compiler gives its best to what was called some
 * five thousand times, so the first rehearsal of a process goes on until then.
 */
public final class Rehearsal {
    /** The way that a client's search takes to a collection. */
    public interface Way {
        SearchHits ask(Function<LiveCollection, SearchHits> read);
    }

    private static final AtomicBoolean COMPILED = new AtomicBoolean();
    /** For the first collection of a process: what the compiler has to see, and some while it compiles. */
    private static final int FIRST_QUERIES_MAX = 10_000;

    private static final int QUERIES_MAX = 20;
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(4);
    private static final int LIMIT = 10;

    private static final int SAMPLES = 200;
    /** Each so many searches comes as a query. */
    private static final int QUERY_TURN = 4;

    private Rehearsal() {}

    /** Takes four seconds at most. Nobody counts these searches. */
    public static void run(LiveCollection collection, Way way, BooleanSupplier cancelled) {
        for (VectorConfig vector : collection.config().vectors()) {
            if (vector.kind() == VectorKind.DENSE) {
                run(collection, vector, way, cancelled);
                return;
            }
        }
    }

    private static void run(LiveCollection collection, VectorConfig vector, Way way, BooleanSupplier cancelled) {
        int queries = COMPILED.getAndSet(true) ? QUERIES_MAX : FIRST_QUERIES_MAX;
        List<float[]> stored = stored(collection, vector);
        long begin = System.nanoTime();
        for (int i = 0;
                i < queries && !stored.isEmpty() && System.nanoTime() - begin < NANOS_MAX && !cancelled.getAsBoolean();
                i++) {
            float[] query = stored.get(i % stored.size()).clone();
            SearchSpec spec = nearest(vector.name(), query, LIMIT, VectorSelection.NONE);
            SearchHits _ = way.ask(
                    i % QUERY_TURN == 0
                            ? Reading.querying(new QuerySpec(
                                    spec,
                                    new Query.Nearest(new Query.Input.OfVector(new VectorValue.Dense(query))),
                                    List.of()))
                            : Reading.searching(spec));
        }
    }

    /** Vectors to ask for: walks to what is stored nearby are what clients will want, walks to noise take other ways. */
    private static List<float[]> stored(LiveCollection collection, VectorConfig vector) {
        SearchSpec base = nearest(
                vector.name(), new float[vector.size()], SAMPLES, new VectorSelection(true, List.of(vector.name())));
        return Reading.query(collection, new QuerySpec(base, new Query.Sample(1), List.of())).points().stream()
                .flatMap(point -> point.vectors().stream())
                .map(NamedVector::value)
                .filter(VectorValue.Dense.class::isInstance)
                .map(value -> ((VectorValue.Dense) value).components())
                .toList();
    }

    private static SearchSpec nearest(String using, float[] query, int limit, VectorSelection vectors) {
        SearchSpec unnamed = SearchSpec.nearest(query, limit);
        return new SearchSpec(
                using,
                unnamed.query(),
                null,
                limit,
                0,
                null,
                0,
                false,
                false,
                unnamed.quantization(),
                unnamed.payload(),
                vectors);
    }
}
