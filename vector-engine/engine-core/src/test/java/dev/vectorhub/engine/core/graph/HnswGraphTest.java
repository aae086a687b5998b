package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import dev.vectorhub.engine.core.vector.UnitVectors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
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
        long stride = RowForm.FLOAT32.stride(DIMENSIONS);
        MemorySegment memory = arena.allocate(count * stride, 64);
        for (int i = 0; i < count; i++) {
            RowForm.FLOAT32.write(UnitVectors.normalised(clusters.next()), memory, i * stride);
        }
        return new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, DIMENSIONS);
    }

    private HnswGraph build(Rows rows, int count, OrdinalFilter present) {
        HnswGraph graph = HnswBuilder.build(source(rows, count, present), null, kernel, 16, 120, arena, () -> false);
        assertNotNull(graph);
        return graph;
    }

    private static HnswBuilder.Source source(Rows rows, int count, OrdinalFilter present) {
        return new HnswBuilder.Source(rows, count, present, Metric.DOT);
    }

    private MemorySegment written(HnswGraph graph, int[] order, Rows rows) throws IOException {
        MemorySegment file = arena.allocate(graph.format.bytes() + HnswGraph.FOOTER_BYTES, 64);
        long[] at = new long[1];
        GraphOrder.write(graph, order, null, rows, bytes -> {
            MemorySegment.copy(bytes, 0, file, at[0], bytes.byteSize());
            at[0] += bytes.byteSize();
        });
        assertEquals(graph.format.bytes(), at[0]);
        return file;
    }

    private double recall(Rows rows, HnswGraph graph, int ef, OrdinalFilter filter) {
        SearchScratch scratch = new SearchScratch(kernel);
        int found = 0;
        int wanted = 0;
        for (int q = 0; q < QUERIES; q++) {
            Scorer scorer =
                    new Scorer(kernel, RowForm.FLOAT32, Distance.COSINE, UnitVectors.normalised(clusters.next()));
            LongHeap exact = LongHeap.farthestFirst();
            for (int i = 0; i < graph.ordinals(); i++) {
                if (filter.accepts(i)) {
                    exact.push(LongHeap.pack(scorer.distance(rows, i), i));
                    if (exact.size() > K) {
                        exact.pop();
                    }
                }
            }
            search(graph, scorer.query(), ef, filter, scratch);
            LongHeap results = scratch.results();
            LongHeap rescored = LongHeap.farthestFirst();
            for (int i = 0; i < results.size(); i++) {
                int ordinal = graph.rows().ordinal(LongHeap.ordinal(results.get(i)));
                assertTrue(filter.accepts(ordinal));
                rescored.push(LongHeap.pack(scorer.distance(rows, ordinal), ordinal));
            }
            while (rescored.size() > K) {
                rescored.pop();
            }
            Set<Long> hits = new HashSet<>();
            for (int i = 0; i < rescored.size(); i++) {
                hits.add(rescored.get(i));
            }
            wanted += exact.size();
            for (int i = 0; i < exact.size(); i++) {
                found += hits.contains(exact.get(i)) ? 1 : 0;
            }
        }
        return (double) found / wanted;
    }

    private static void search(HnswGraph graph, float[] query, int ef, OrdinalFilter filter, SearchScratch scratch) {
        Int8Probe probe = scratch.codes();
        probe.over(graph.rows(), Metric.DOT, 2 * graph.m());
        probe.aim(query);
        graph.search(probe, ef, filter, scratch);
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
        SearchScratch scratch = new SearchScratch(kernel);
        search(graph, UnitVectors.normalised(clusters.next()), 1_000, OrdinalFilter.ALL, scratch);
        for (int i = 0; i < scratch.results().size(); i++) {
            int ordinal =
                    graph.rows().ordinal(LongHeap.ordinal(scratch.results().get(i)));
            assertEquals(1, ordinal % 2);
        }
        assertTrue(
                scratch.results().size() >= 990, "reached " + scratch.results().size());
    }

    @Test
    void olderFilesWithRowsOfWholeLinesAreRead() throws IOException {
        Rows rows = rows(1_500);
        HnswGraph built = build(rows, 1_500, OrdinalFilter.ALL);
        HnswGraph graph = new HnswGraph(written(built, GraphOrder.of(built), rows));
        long stride = graph.rows().stride();
        long older = CodeRows.strideOfLines(DIMENSIONS, 2 * graph.m());
        assertTrue(older > stride, "else nothing is tested");
        long head = GraphFormat.HEADER_BYTES;
        long rest = graph.format.bytes() - graph.format.bookAt();
        MemorySegment file = arena.allocate(head + 1_500 * older + rest + HnswGraph.FOOTER_BYTES, 64);
        MemorySegment.copy(graph.memory, 0, file, 0, head);
        file.set(GraphFormat.INT, 56, 0);
        for (int row = 0; row < 1_500; row++) {
            MemorySegment.copy(graph.memory, head + row * stride, file, head + row * older, stride);
        }
        MemorySegment.copy(graph.memory, graph.format.bookAt(), file, head + 1_500 * older, rest);
        assertNull(HnswGraph.fault(file, 1_500, DIMENSIONS));
        SearchScratch scratch = new SearchScratch(kernel);
        float[] query = UnitVectors.normalised(clusters.next());
        search(graph, query, 50, OrdinalFilter.ALL, scratch);
        long sum = sum(scratch.results());
        search(new HnswGraph(file), query, 50, OrdinalFilter.ALL, scratch);
        assertEquals(sum, sum(scratch.results()));
    }

    private static long sum(LongHeap results) {
        long sum = 0;
        for (int i = 0; i < results.size(); i++) {
            sum += results.get(i);
        }
        return sum;
    }

    @Test
    void theSameRowsGiveTheSameGraph() {
        Rows rows = rows(1_500);
        MemorySegment a = build(rows, 1_500, OrdinalFilter.ALL).memory;
        MemorySegment b = build(rows, 1_500, OrdinalFilter.ALL).memory;
        assertEquals(-1, a.mismatch(b));
    }

    @Test
    void renumberingChangesNoAnswer() throws IOException {
        Rows rows = rows(3_000);
        HnswGraph built = build(rows, 3_000, ordinal -> ordinal % 5 != 0);
        for (int[] order : new int[][] {GraphOrder.of(built), GraphOrder.breadthFirst(built)}) {
            MemorySegment file = written(built, order, rows);
            assertNull(HnswGraph.fault(file, 3_000, DIMENSIONS));
            HnswGraph graph = new HnswGraph(file);
            for (int v = 0; v < graph.vertices(); v++) {
                assertEquals(v, graph.vertex(graph.rows().ordinal(v)));
            }
            assertEquals(-1, graph.vertex(5));
            SearchScratch scratch = new SearchScratch(kernel);
            for (int q = 0; q < 50; q++) {
                float[] query = UnitVectors.normalised(clusters.next());
                search(built, query, 60, OrdinalFilter.ALL, scratch);
                List<Integer> before = ordinals(built, scratch.results());
                search(graph, query, 60, OrdinalFilter.ALL, scratch);
                assertEquals(before, ordinals(graph, scratch.results()));
            }
        }
    }

    private static List<Integer> ordinals(HnswGraph graph, LongHeap results) {
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ordinals.add(graph.rows().ordinal(LongHeap.ordinal(results.get(i))));
        }
        Collections.sort(ordinals);
        return ordinals;
    }

    /** The native kernel follows links unchecked: whatever a file says, they have to lead to rows. */
    @Test
    void aFileThatLinksElsewhereIsRefused() throws IOException {
        Rows rows = rows(800);
        HnswGraph built = build(rows, 800, OrdinalFilter.ALL);
        MemorySegment file = written(built, GraphOrder.of(built), rows);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            long at = random.nextLong(file.byteSize() - HnswGraph.FOOTER_BYTES);
            byte good = file.get(ValueLayout.JAVA_BYTE, at);
            file.set(ValueLayout.JAVA_BYTE, at, (byte) (good ^ (1 << random.nextInt(8))));
            if (HnswGraph.fault(file, 800, DIMENSIONS) == null) {
                HnswGraph graph = new HnswGraph(file);
                search(graph, clusters.next(), 40, OrdinalFilter.ALL, new SearchScratch(kernel));
            } else {
                refused++;
            }
            file.set(ValueLayout.JAVA_BYTE, at, good);
        }
        assertTrue(refused > 100, "refused " + refused);
        assertNull(HnswGraph.fault(file, 800, DIMENSIONS));
    }

    @Test
    void givesUpWhenItIsNotWantedAnyMore() {
        assertNull(
                HnswBuilder.build(source(rows(300), 300, OrdinalFilter.ALL), null, kernel, 8, 40, arena, () -> true));
        assertNull(HnswBuilder.build(source(rows(10), 10, ordinal -> false), null, kernel, 8, 40, arena, () -> false));
    }
}
