package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Opens a store of many tenants whose files are not in the operating system's cache, and searches some of them for the first
 * time. A few others go before: a running node has compiled code.
 */
final class OpenTenants implements Job {
    private static final int WARM_UP_TENANTS_MAX = 1000;
    private static final int TENANTS_MAX = 10_000;

    @Override
    public Map<String, Double> run(List<String> arguments) throws Exception {
        TenantPoints tenants = TenantPoints.of(arguments);
        int[] drawn = drawn(tenants.tenants());
        int warmUp = Math.min(WARM_UP_TENANTS_MAX, drawn.length / 4);
        int opened = Math.min(TENANTS_MAX, drawn.length / 2);
        double[] first = new double[opened];
        double[] again = new double[opened];
        Map<String, Double> figures = new LinkedHashMap<>();
        PageCache.evict(tenants.folder());
        long start = System.nanoTime();
        EngineStore store = EngineStore.open(tenants.folder(), EngineIndex.settings());
        figures.put("open", (System.nanoTime() - start) / 1e9);
        figures.put("descriptors", (double) Footprint.descriptors(tenants.folder()));
        double recall = 0;
        long warmHeap;
        long openedHeap;
        try (store) {
            for (int i = 0; i < warmUp; i++) {
                search(store, tenants, drawn[i], i, first, 0);
            }
            warmHeap = Footprint.heapBytes();
            PageCache.evict(tenants.folder());
            for (int i = 0; i < opened; i++) {
                recall += search(store, tenants, drawn[warmUp + i], i, first, i) / opened;
                search(store, tenants, drawn[warmUp + i], i, again, i);
            }
            openedHeap = Footprint.heapBytes();
            figures.put("descriptorsOpened", (double) Footprint.descriptors(tenants.folder()));
            figures.put("mappingsOpened", (double) Footprint.mappings(tenants.folder()));
        }
        double perTenant = closedBytes(tenants) / tenants.tenants();
        figures.put("heapClosed", perTenant);
        figures.put("heapOpened", perTenant + (double) (openedHeap - warmHeap) / opened);
        figures.put("p50", Median.of(first));
        figures.put("p99", Median.quantile(first, 0.99));
        figures.put("again", Median.of(again));
        figures.put("recall", recall);
        figures.put("opened", (double) (warmUp + opened));
        return figures;
    }

    /** By a second start in the same process: what its classes and the data set take is not the tenants'. */
    private static double closedBytes(TenantPoints tenants) {
        long without = Footprint.heapBytes();
        try (EngineStore store = EngineStore.open(tenants.folder(), EngineIndex.settings())) {
            long with = Footprint.heapBytes();
            if (store.status().tenants() != tenants.tenants()) {
                throw new IllegalStateException(store.status().tenants() + " tenants are there");
            }
            return with - without;
        }
    }

    private static int[] drawn(int tenants) {
        int[] numbers = IntStream.range(0, tenants).toArray();
        Random random = new Random(DataSet.SEED);
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        return numbers;
    }

    /** @return the recall of this one query */
    private static double search(
            EngineStore store, TenantPoints tenants, int tenant, int query, double[] millis, int at) {
        float[] vector = tenants.vectors().query(query % DataSet.QUERIES);
        SearchSpec spec = SearchSpec.nearest(vector, Truth.K);
        long start = System.nanoTime();
        List<ScoredPoint> hits = store.search(TenantPoints.tenant(tenant), TenantPoints.collection(tenant), spec)
                .points();
        millis[at] = (System.nanoTime() - start) / 1e6;
        List<Integer> exact = exact(tenants, tenant, vector);
        return (double) hits.stream()
                        .filter(hit -> exact.contains(EngineIndex.row(hit.id())))
                        .count()
                / exact.size();
    }

    private static List<Integer> exact(TenantPoints tenants, int tenant, float[] query) {
        double[] similarity = new double[tenants.points()];
        for (int point = 0; point < similarity.length; point++) {
            float[] vector = tenants.vector(tenant, point);
            for (int d = 0; d < query.length; d++) {
                similarity[point] += (double) query[d] * vector[d];
            }
        }
        return IntStream.range(0, similarity.length)
                .boxed()
                .sorted(Comparator.comparingDouble(point -> -similarity[point]))
                .limit(Truth.K)
                .toList();
    }
}
