package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.UnitVectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static final int DIMENSIONS = 48;
    private static final int POINTS = 10_000;
    private static final int QUERIES = 300;
    private static final int WANTED = 10;
    private static final int KEEP = 14;

    private final Arena arena = Arena.ofConfined();
    private final Kernel kernel = Kernels.best();
    private final Random random = new Random(7);
    private final SearchScratch scratch = new SearchScratch(kernel);

    @AfterEach
    void close() {
        arena.close();
    }

    private HnswGraph build(Metric metric, int points, Supplier<float[]> source) {
        long stride = RowForm.FLOAT32.stride(DIMENSIONS);
        MemorySegment memory = arena.allocate(points * stride, 64);
        for (int i = 0; i < points; i++) {
            RowForm.FLOAT32.write(source.get(), memory, i * stride);
        }
        Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, DIMENSIONS);
        return Objects.requireNonNull(HnswBuilder.build(
                new HnswBuilder.Source(rows, points, OrdinalFilter.ALL, metric),
                null,
                kernel,
                6,
                30,
                arena,
                () -> false));
    }

    private float[] gaussian(int dimensions) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private Int8Probe aimed(HnswGraph graph, Metric metric, float[] query) {
        Int8Probe probe = scratch.codes();
        probe.over(graph.rows(), metric, Math.max(2 * graph.m(), graph.vertices()));
        probe.aim(query);
        return probe;
    }

    private Set<Integer> nearest(int wanted) {
        long[] sorted = scratch.nearestFirst();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < Math.min(wanted, scratch.results().size()); i++) {
            ids.add(LongHeap.ordinal(sorted[i]));
        }
        return ids;
    }

    /** As the codes say. */
    private Set<Integer> exact(Int8Probe probe, HnswGraph graph, OrdinalFilter filter) {
        int vertices = graph.vertices();
        probe.range(0, vertices);
        long[] all = new long[vertices];
        int count = 0;
        for (int i = 0; i < vertices; i++) {
            if (filter.accepts(graph.rows().ordinal(i))) {
                all[count++] = LongHeap.pack(probe.distance(i), i);
            }
        }
        Arrays.sort(all, 0, count);
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < WANTED; i++) {
            ids.add(LongHeap.ordinal(all[i]));
        }
        return ids;
    }

    /** Hits of all queries and comparisons. */
    private record Outcome(int found, long compared) {}

    private Outcome ask(
            HnswGraph graph, Metric metric, float[][] queries, int ef, boolean byDistance, OrdinalFilter filter) {
        int found = 0;
        long compared = 0;
        for (float[] query : queries) {
            Int8Probe probe = aimed(graph, metric, query);
            Set<Integer> wanted = exact(probe, graph, filter);
            probe.takeComputed();
            if (byDistance) {
                graph.search(probe, new Reach(KEEP, ef, metric == Metric.DOT ? -1 : 0), filter, scratch);
            } else {
                graph.search(probe, ef, filter, scratch);
            }
            compared += probe.takeComputed();
            wanted.retainAll(nearest(WANTED));
            found += wanted.size();
        }
        return new Outcome(found, compared);
    }

    /** Queries differ in how many points are about as near to them as the nearest: that is what a beam cannot know. */
    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"DOT", "SQUARED_L2"})
    void findsMoreThanABeamWithLessWork(Metric metric) {
        Clusters clusters = new Clusters(3, DIMENSIONS, 40, 400);
        Supplier<float[]> source =
                () -> metric == Metric.DOT ? UnitVectors.normalised(clusters.next()) : clusters.next();
        HnswGraph graph = build(metric, POINTS, source);
        float[][] queries = new float[QUERIES][];
        Arrays.setAll(queries, q -> source.get());
        Outcome beam = ask(graph, metric, queries, 28, false, OrdinalFilter.ALL);
        Outcome reach = ask(graph, metric, queries, 28, true, OrdinalFilter.ALL);
        assertTrue(beam.found() < QUERIES * WANTED * 99 / 100, "too easy: " + beam);
        assertTrue(reach.found() >= beam.found(), beam + " but " + reach);
        assertTrue(reach.compared() < beam.compared(), beam + " but " + reach);
    }

    @Test
    void aFilterLeavesWhatItAccepts() {
        HnswGraph graph = build(Metric.SQUARED_L2, POINTS, () -> gaussian(16));
        OrdinalFilter third = ordinal -> ordinal % 3 == 0;
        float[][] queries = new float[QUERIES][];
        Arrays.setAll(queries, q -> gaussian(16));
        Outcome outcome = ask(graph, Metric.SQUARED_L2, queries, 200, true, third);
        assertTrue(outcome.found() >= QUERIES * WANTED * 98 / 100, outcome.toString());
        for (int i = 0; i < scratch.results().size(); i++) {
            assertTrue(third.accepts(
                    graph.rows().ordinal(LongHeap.ordinal(scratch.results().get(i)))));
        }
    }

    /** Groups of near duplicates as large as what a walk goes by, far apart. */
    @Test
    void smallGroupsApartAreNoTrap() {
        float[][] centres = new float[POINTS / 20][];
        Arrays.setAll(centres, i -> gaussian(DIMENSIONS));
        Supplier<float[]> points = () -> near(centres[random.nextInt(centres.length)], 0.05f);
        HnswGraph graph = build(Metric.SQUARED_L2, POINTS, points);
        float[][] queries = new float[QUERIES][];
        Arrays.setAll(queries, q -> near(centres[random.nextInt(centres.length)], 0.5f));
        Outcome beam = ask(graph, Metric.SQUARED_L2, queries, 100, false, OrdinalFilter.ALL);
        Outcome reach = ask(graph, Metric.SQUARED_L2, queries, 100, true, OrdinalFilter.ALL);
        assertTrue(reach.found() >= beam.found(), beam + " but " + reach);
    }

    private float[] near(float[] centre, float noise) {
        float[] vector = centre.clone();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] += noise * (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void aBeamAsNarrowAsWhatIsKeptFindsThatMany() {
        HnswGraph graph = build(Metric.DOT, POINTS, () -> UnitVectors.normalised(gaussian(DIMENSIONS)));
        for (int q = 0; q < QUERIES; q++) {
            Int8Probe probe = aimed(graph, Metric.DOT, UnitVectors.normalised(gaussian(DIMENSIONS)));
            graph.search(probe, new Reach(WANTED, WANTED, -1), OrdinalFilter.ALL, scratch);
            assertTrue(scratch.results().size() >= WANTED);
        }
    }

    @Test
    void aQueryFarFromAllEnds() {
        HnswGraph graph = build(Metric.SQUARED_L2, POINTS, () -> gaussian(8));
        float[] query = new float[DIMENSIONS];
        Arrays.fill(query, 1000);
        Int8Probe probe = aimed(graph, Metric.SQUARED_L2, query);
        graph.search(probe, new Reach(KEEP, 40, 0), OrdinalFilter.ALL, scratch);
        assertTrue(scratch.results().size() >= WANTED);
        assertTrue(probe.takeComputed() < POINTS / 2);
    }

    /** In so many dimensions n times as many neighbours take n to the power of 2 / dimensions of squared distance. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24})
    void spreadFollowsTheDimension(int dimensions) {
        // on a sphere, as what has borders has fewer dimensions there
        HnswGraph graph = build(Metric.SQUARED_L2, POINTS, () -> UnitVectors.normalised(gaussian(dimensions + 1)));
        double expected = 0.85 * 2 / dimensions;
        assertTrue(graph.format.spread() >= expected, "spread " + graph.format.spread());
        // a sphere has an end, and few points leave many dimensions nearly empty
        assertTrue(graph.format.spread() <= 1.6 * expected, "spread " + graph.format.spread());
    }

    @Test
    void whereDistancesSayNothingNoSpreadIsClaimed() {
        assertEquals(
                0, build(Metric.DOT, POINTS, () -> gaussian(DIMENSIONS)).format.spread(), "any length");
        assertEquals(0, build(Metric.SQUARED_L2, 500, () -> gaussian(8)).format.spread(), "few");
        assertEquals(
                0,
                build(Metric.SQUARED_L2, 2_000, () -> new float[DIMENSIONS])
                        .format
                        .spread(),
                "all the same");
        float[] one = gaussian(DIMENSIONS);
        float[] other = gaussian(DIMENSIONS);
        float spread = build(Metric.SQUARED_L2, 2_000, () -> random.nextInt(60) == 0 ? other : one)
                .format
                .spread();
        assertTrue(spread >= 0 && spread <= Spread.MAX, "two: " + spread);
    }
}
