package dev.vectorhub.engine.bench;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.CollectionStatus;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.storage.Layout;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Recall and QPS of the store on one thread, flat and by graph: {@code EngineBench BASE.fvecs QUERIES.fvecs [DISTANCE [POINTS
 * [QUERIES]]]}. The truth is the store's own flat scan over the same points. Text goes to stderr; the last line of stdout is
 * one JSON object.
 */
public final class EngineBench {
    private static final int K = 10;
    private static final int BATCH = 500;
    private static final int[] BEAMS = {16, 32, 64, 100, 200, 400};
    private static final UUID TENANT = new UUID(0, 1);
    private static final UUID COLLECTION = new UUID(0, 2);

    private final EngineStore store;
    private final List<float[]> queries;
    private final List<Set<PointId>> truth = new ArrayList<>();

    private EngineBench(EngineStore store, List<float[]> queries) {
        this.store = store;
        this.queries = queries;
    }

    private record Run(double qps, double recall, double scanned) {}

    /** The entry point of the command line. */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: EngineBench BASE.fvecs QUERIES.fvecs [DISTANCE [POINTS [QUERIES]]]");
            System.exit(2);
        }
        Distance distance = args.length > 2 ? Distance.valueOf(args[2].toUpperCase(Locale.ROOT)) : Distance.COSINE;
        int points = args.length > 3 ? Integer.parseInt(args[3]) : Integer.MAX_VALUE;
        int queries = args.length > 4 ? Integer.parseInt(args[4]) : 1000;
        List<float[]> base = VectorFile.read(Path.of(args[0]), points);
        Path directory = Files.createTempDirectory("engine-bench");
        try (EngineStore store = EngineStore.open(directory, StoreSettings.defaults())) {
            new EngineBench(store, VectorFile.read(Path.of(args[1]), queries)).run(base, distance, System.out);
        } finally {
            Layout.erase(directory);
        }
    }

    private void run(List<float[]> base, Distance distance, PrintStream out) throws InterruptedException {
        long start = System.nanoTime();
        load(base, distance);
        double loaded = seconds(start);
        store.checkpoint();
        store.awaitUpkeep();
        double built = seconds(start);
        CollectionStatus info = store.info(TENANT, COLLECTION);
        System.err.printf(
                Locale.ROOT,
                "%s, %d points of %d: loaded in %.1f s, ready in %.1f s, %d parts, %d indexed, %.0f bytes a point on disk%n",
                store.status().kernel(),
                info.points(),
                base.getFirst().length,
                loaded,
                built,
                info.segments(),
                info.indexedVectors(),
                (double) info.diskBytes() / info.points());
        for (float[] query : queries) {
            Set<PointId> ids = new HashSet<>();
            for (ScoredPoint hit : search(query, 0).points()) {
                ids.add(hit.id());
            }
            truth.add(ids);
        }
        StringBuilder json = new StringBuilder();
        json.append(String.format(
                Locale.ROOT,
                "{\"kernel\":\"%s\",\"points\":%d,\"dimensions\":%d,\"distance\":\"%s\",\"load_s\":%.2f,\"ready_s\":%.2f",
                store.status().kernel(),
                info.points(),
                base.getFirst().length,
                distance,
                loaded,
                built));
        json.append(",\"flat\":").append(json(measure(0, "flat")));
        json.append(",\"graph\":{");
        for (int i = 0; i < BEAMS.length; i++) {
            json.append(i > 0 ? "," : "").append('"').append(BEAMS[i]).append("\":");
            json.append(json(measure(BEAMS[i], "ef " + BEAMS[i])));
        }
        out.println(json.append("}}"));
    }

    private void load(List<float[]> base, Distance distance) {
        store.placeTenant(1, TENANT, 1, new UUID(0, 3), IsolationMode.COLLECTION);
        store.createCollection(2, TENANT, COLLECTION, CollectionConfig.single(base.getFirst().length, distance));
        long index = 3;
        for (int from = 0; from < base.size(); from += BATCH) {
            List<PointRecord> batch = new ArrayList<>();
            for (int i = from; i < Math.min(base.size(), from + BATCH); i++) {
                batch.add(PointRecord.of(PointId.of(i), base.get(i)));
            }
            store.upsert(index++, TENANT, COLLECTION, batch, Ceilings.NONE);
        }
    }

    /** @param ef 0 for a flat scan */
    private SearchHits search(float[] query, int ef) {
        SearchSpec spec = SearchSpec.nearest(query, K);
        return store.search(TENANT, COLLECTION, ef == 0 ? spec.exactly() : spec.withEf(ef));
    }

    /** One round to warm up, one that counts. */
    private Run measure(int ef, String name) {
        Run run = new Run(0, 0, 0);
        for (int round = 0; round < 2; round++) {
            long found = 0;
            long wanted = 0;
            long scanned = 0;
            long start = System.nanoTime();
            for (int q = 0; q < queries.size(); q++) {
                SearchHits hits = search(queries.get(q), ef);
                scanned += hits.vectorsScanned();
                wanted += truth.get(q).size();
                for (ScoredPoint hit : hits.points()) {
                    found += truth.get(q).contains(hit.id()) ? 1 : 0;
                }
            }
            run = new Run(queries.size() / seconds(start), (double) found / wanted, (double) scanned / queries.size());
        }
        System.err.printf(
                Locale.ROOT,
                "%-8s %8.0f QPS   recall@%d %.4f   %.0f distances a query%n",
                name,
                run.qps(),
                K,
                run.recall(),
                run.scanned());
        return run;
    }

    private static String json(Run run) {
        return String.format(
                Locale.ROOT,
                "{\"qps\":%.1f,\"recall_at_10\":%.4f,\"distances\":%.1f}",
                run.qps(),
                run.recall(),
                run.scanned());
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
