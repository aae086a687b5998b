package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import dev.vectorhub.engine.core.vector.UnitVectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HnswGraphTest {
    private static final int DIMENSIONS = 48;
    private static final int POINTS = 12_000;
    private static final int QUERIES = 200;
    private static final int K = 10;

    private final Arena arena = Arena.ofConfined();
    private final Kernel kernel = Kernels.best();
    private final Clusters clusters = new Clusters(42, DIMENSIONS, 12, 60);

    @AfterEach
    void close() {
        arena.close();
    }

    private Rows rows(int count) {
        long stride = Rows.stride(DIMENSIONS);
        MemorySegment memory = arena.allocate(count * stride, 64);
        for (int i = 0; i < count; i++) {
            Rows.write(UnitVectors.normalised(clusters.next()), memory, i * stride);
        }
        return new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, DIMENSIONS);
    }

    private HnswGraph build(Rows rows, int count, OrdinalFilter present) {
        HnswGraph graph = HnswBuilder.build(rows, count, present, Distance.COSINE, kernel, 16, 120, arena, () -> false);
        assertNotNull(graph);
        return graph;
    }

    private double recall(Rows rows, HnswGraph graph, int ef, OrdinalFilter filter) {
        SearchScratch scratch = new SearchScratch();
        int found = 0;
        int wanted = 0;
        for (int q = 0; q < QUERIES; q++) {
            Scorer scorer = new Scorer(kernel, Distance.COSINE, UnitVectors.normalised(clusters.next()));
            LongHeap exact = LongHeap.farthestFirst();
            for (int i = 0; i < graph.ordinals(); i++) {
                if (filter.accepts(i)) {
                    exact.push(LongHeap.pack(scorer.distance(rows, i), i));
                    if (exact.size() > K) {
                        exact.pop();
                    }
                }
            }
            graph.search(scorer, rows, ef, filter, scratch);
            LongHeap results = scratch.results();
            while (results.size() > K) {
                results.pop();
            }
            Set<Long> hits = new HashSet<>();
            for (int i = 0; i < results.size(); i++) {
                assertTrue(filter.accepts(LongHeap.ordinal(results.get(i))));
                hits.add(results.get(i));
            }
            wanted += exact.size();
            for (int i = 0; i < exact.size(); i++) {
                found += hits.contains(exact.get(i)) ? 1 : 0;
            }
        }
        return (double) found / wanted;
    }

    @Test
    void findsTheNearestOnClusteredData() {
        Rows rows = rows(POINTS);
        HnswGraph graph = build(rows, POINTS, OrdinalFilter.ALL);
        assertEquals(POINTS, graph.vertices());
        double recall = recall(rows, graph, 100, OrdinalFilter.ALL);
        assertTrue(recall >= 0.98, "recall@10 at ef 100: " + recall);
        double third = recall(rows, graph, 100, ordinal -> ordinal % 3 == 0);
        assertTrue(third >= 0.98, "with a third accepted: " + third);
    }

    @Test
    void ordinalsWithoutTheVectorAreNeverReached() {
        Rows rows = rows(2_000);
        OrdinalFilter odd = ordinal -> ordinal % 2 == 1;
        HnswGraph graph = build(rows, 2_000, odd);
        assertEquals(1_000, graph.vertices());
        SearchScratch scratch = new SearchScratch();
        Scorer scorer = new Scorer(kernel, Distance.COSINE, UnitVectors.normalised(clusters.next()));
        graph.search(scorer, rows, 1_000, OrdinalFilter.ALL, scratch);
        for (int i = 0; i < scratch.results().size(); i++) {
            assertEquals(1, LongHeap.ordinal(scratch.results().get(i)) % 2);
        }
        assertTrue(
                scratch.results().size() >= 990, "reached " + scratch.results().size());
    }

    @Test
    void theSameRowsGiveTheSameGraph() {
        Rows rows = rows(1_500);
        MemorySegment a = HnswBuilder.memory(build(rows, 1_500, OrdinalFilter.ALL));
        MemorySegment b = HnswBuilder.memory(build(rows, 1_500, OrdinalFilter.ALL));
        assertEquals(-1, a.mismatch(b));
    }

    @Test
    void givesUpWhenItIsNotWantedAnyMore() {
        assertNull(HnswBuilder.build(
                rows(300), 300, OrdinalFilter.ALL, Distance.COSINE, kernel, 8, 40, arena, () -> true));
        assertNull(
                HnswBuilder.build(rows(10), 10, ordinal -> false, Distance.COSINE, kernel, 8, 40, arena, () -> false));
    }
}
