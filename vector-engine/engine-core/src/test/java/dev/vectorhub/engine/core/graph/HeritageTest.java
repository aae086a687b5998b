package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import dev.vectorhub.engine.core.vector.UnitVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Graphs that go on with an older one find as much as graphs from nothing. {@code -Dhub.test.rows=FILE} (binary32 rows of {@code
 * -Dhub.test.dimensions=N}) prints recall and CPU time on real vectors: the figures of DD044.
 */
class HeritageTest {
    private static final int QUERIES = 200;
    private static final int K = 10;

    private final Arena arena = Arena.ofConfined();
    private final Kernel kernel = Kernels.best();
    private final Random random = new Random(11);

    @AfterEach
    void close() {
        arena.close();
    }

    /** Vectors by a name that stays, and queries that are none of them. */
    private record Data(List<float[]> vectors, List<float[]> queries) {
        int dimensions() {
            return vectors.getFirst().length;
        }
    }

    private static Data clusters(int count) {
        Clusters clusters = new Clusters(7, 32, 10, 40);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count + QUERIES; i++) {
            vectors.add(UnitVectors.normalised(clusters.next()));
        }
        return new Data(vectors.subList(QUERIES, vectors.size()), vectors.subList(0, QUERIES));
    }

    /** A segment on paper: which vectors it holds, and the graph over them. */
    private record Segment(int[] names, HnswGraph graph, Rows rows) {}

    /** A segment of these vectors, in a new order of their own, that goes on with another's graph if there is one. */
    private Segment segment(Data data, int[] names, @Nullable Segment before, int efConstruct) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int o = 0; before != null && o < before.names.length; o++) {
            places.put(before.names[o], o);
        }
        int[] ordinals =
                Arrays.stream(names).map(name -> places.getOrDefault(name, -1)).toArray();
        long stride = RowForm.FLOAT32.stride(data.dimensions());
        MemorySegment memory = arena.allocate(names.length * stride, 64);
        for (int o = 0; o < names.length; o++) {
            RowForm.FLOAT32.write(data.vectors.get(names[o]), memory, o * stride);
        }
        Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, data.dimensions());
        HnswGraph graph = Objects.requireNonNull(HnswBuilder.build(
                new HnswBuilder.Source(rows, names.length, OrdinalFilter.ALL, Metric.DOT),
                before == null ? null : new Heritage(before.graph, ordinals),
                kernel,
                16,
                efConstruct,
                arena,
                () -> false));
        return new Segment(names, written(graph, rows), rows);
    }

    /** As it comes from disk: renumbered. */
    private HnswGraph written(HnswGraph graph, Rows rows) {
        MemorySegment file = arena.allocate(graph.format.bytes() + HnswGraph.FOOTER_BYTES, 64);
        long[] at = new long[1];
        try {
            GraphOrder.write(graph, GraphOrder.of(graph), null, rows, bytes -> {
                MemorySegment.copy(bytes, 0, file, at[0], bytes.byteSize());
                at[0] += bytes.byteSize();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(null, HnswGraph.fault(file, graph.ordinals(), graph.dimensions()));
        return new HnswGraph(file);
    }

    private double recall(Data data, Segment segment, int ef) {
        SearchScratch scratch = new SearchScratch(kernel);
        int found = 0;
        for (float[] query : data.queries) {
            Scorer scorer = new Scorer(kernel, RowForm.FLOAT32, Distance.COSINE, query);
            LongHeap exact = LongHeap.farthestFirst();
            for (int i = 0; i < segment.names.length; i++) {
                keep(exact, LongHeap.pack(scorer.distance(segment.rows, i), i));
            }
            Int8Probe probe = scratch.codes();
            probe.over(segment.graph.rows(), Metric.DOT, 32);
            probe.aim(query);
            segment.graph.search(probe, ef, OrdinalFilter.ALL, scratch);
            LongHeap rescored = LongHeap.farthestFirst();
            for (int i = 0; i < scratch.results().size(); i++) {
                int ordinal = segment.graph
                        .rows()
                        .ordinal(LongHeap.ordinal(scratch.results().get(i)));
                keep(rescored, LongHeap.pack(scorer.distance(segment.rows, ordinal), ordinal));
            }
            Set<Long> hits = new HashSet<>();
            for (int i = 0; i < rescored.size(); i++) {
                hits.add(rescored.get(i));
            }
            for (int i = 0; i < exact.size(); i++) {
                found += hits.contains(exact.get(i)) ? 1 : 0;
            }
        }
        return (double) found / data.queries.size() / K;
    }

    private static void keep(LongHeap nearest, long packed) {
        nearest.push(packed);
        if (nearest.size() > K) {
            nearest.pop();
        }
    }

    /** Some of a segment's vectors, and the next ones that were never used. */
    private int[] changed(int[] names, double dead, int fresh, int nextName) {
        BitSet now = new BitSet();
        for (int name : names) {
            if (random.nextDouble() >= dead) {
                now.set(name);
            }
        }
        now.set(nextName, nextName + fresh);
        return now.stream().toArray();
    }

    private static int[] range(int from, int to) {
        BitSet names = new BitSet();
        names.set(from, to);
        return names.stream().toArray();
    }

    @Test
    void severalGenerationsFindWhatAGraphFromNothingFinds() {
        Data data = clusters(9_000);
        Segment segment = segment(data, range(0, 4_000), null, 100);
        int next = 4_000;
        for (int generation = 0; generation < 4; generation++) {
            segment = segment(data, changed(segment.names, 0.25, 1_000, next), segment, 100);
            next += 1_000;
        }
        double anew = recall(data, segment(data, segment.names, null, 100), 60);
        double kept = recall(data, segment, 60);
        assertTrue(kept >= anew - 0.01, "recall " + kept + " instead of " + anew);
    }

    @Test
    void allOrNothingMayBeLeft() {
        Data data = clusters(600);
        Segment segment = segment(data, range(0, 300), null, 40);
        assertEquals(recall(data, segment, 300), recall(data, segment(data, segment.names, segment, 40), 300));
        Segment other = segment(data, range(300, 600), segment, 40);
        assertTrue(recall(data, other, 300) > 0.999);
        Segment one = segment(data, new int[] {17}, segment, 40);
        assertEquals(1, one.graph.vertices());
        Segment few = segment(data, range(0, 3), segment, 40);
        assertEquals(recall(data, few, 10), recall(data, segment(data, few.names, null, 40), 10));
        assertFalse(few.graph.vertices() != 3);
    }

    @Test
    void mixesUpToTheBoundStayConnected() {
        Data data = clusters(2_000);
        for (int round = 0; round < 30; round++) {
            int size = 2 + random.nextInt(400);
            Segment segment = segment(data, range(0, size), null, 20);
            int[] names = changed(segment.names, random.nextDouble() * 0.35, 1 + random.nextInt(60), size);
            Segment mixed = segment(data, names, segment, 20);
            double kept = recall(data, mixed, names.length);
            double anew = recall(data, segment(data, names, null, 20), names.length);
            assertTrue(kept >= anew - 0.005, "recall " + kept + " instead of " + anew + " of " + names.length);
        }
    }

    /** Prints how recall and CPU time compare; run by hand. */
    @Test
    void figures() throws IOException {
        String rows = System.getProperty("hub.test.rows");
        if (rows == null) {
            return;
        }
        Data data = read(Path.of(rows), Integer.getInteger("hub.test.dimensions"), 60_000);
        for (double dead : new double[] {0, 0.1, 0.2, 0.3, 0.5}) {
            Segment segment = segment(data, range(0, 32_000), null, 200);
            int next = 32_000;
            for (int generation = 1; generation <= 3; generation++) {
                int fresh = 8_000;
                int[] names = changed(segment.names, dead, fresh, next);
                next += fresh;
                long start = cpu();
                segment = segment(data, names, segment, 200);
                long kept = cpu() - start;
                start = cpu();
                Segment anew = segment(data, names, null, 200);
                long built = cpu() - start;
                System.out.printf(
                        "%.0f %% dead, generation %d, %d points, %d new: recall %.4f / %.4f at 30, %.4f / %.4f at 100; %.2f / %.2f s%n",
                        100 * dead,
                        generation,
                        names.length,
                        fresh,
                        recall(data, segment, 30),
                        recall(data, anew, 30),
                        recall(data, segment, 100),
                        recall(data, anew, 100),
                        kept / 1e9,
                        built / 1e9);
            }
        }
    }

    private static Data read(Path file, int dimensions, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Arena mapping = Arena.ofConfined()) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), mapping);
            ValueLayout.OfFloat layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
            List<float[]> vectors = new ArrayList<>();
            for (int i = 0; i < count + QUERIES; i++) {
                vectors.add(UnitVectors.normalised(
                        all.asSlice(4L * dimensions * i, 4L * dimensions).toArray(layout)));
            }
            return new Data(vectors.subList(QUERIES, vectors.size()), vectors.subList(0, QUERIES));
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
