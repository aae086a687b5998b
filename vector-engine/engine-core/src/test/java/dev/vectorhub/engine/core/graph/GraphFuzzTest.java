package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A graph's bytes may say anything: they are found faulty, or every walk stays within them. */
class GraphFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
    private static final int DIMENSIONS = 12;
    private static final int POINTS = 150;

    private static final Kernel KERNEL = Kernels.best();

    private static byte[] sound() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Random random = new Random(3);
            long stride = RowForm.FLOAT32.stride(DIMENSIONS);
            MemorySegment memory = arena.allocate(POINTS * stride, 64);
            for (int i = 0; i < POINTS; i++) {
                float[] row = new float[DIMENSIONS];
                for (int d = 0; d < DIMENSIONS; d++) {
                    row[d] = random.nextFloat() - 0.5f;
                }
                RowForm.FLOAT32.write(row, memory, i * stride);
            }
            Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, DIMENSIONS);
            HnswGraph graph = Objects.requireNonNull(HnswBuilder.build(
                    new HnswBuilder.Source(rows, POINTS, ordinal -> true, Metric.DOT),
                    null,
                    KERNEL,
                    4,
                    20,
                    arena,
                    () -> false));
            MemorySegment file = arena.allocate(graph.format.bytes() + HnswGraph.FOOTER_BYTES, 64);
            long[] at = new long[1];
            GraphOrder.write(graph, GraphOrder.of(graph), null, rows, bytes -> {
                MemorySegment.copy(bytes, 0, file, at[0], bytes.byteSize());
                at[0] += bytes.byteSize();
            });
            return file.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Whether it was taken for a graph; then it has been walked. */
    private static boolean walk(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(Math.max(1, bytes.length), 64).asSlice(0, bytes.length);
            MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, 0, bytes.length);
            if (HnswGraph.fault(file, POINTS, DIMENSIONS) != null) {
                return false;
            }
            HnswGraph graph = new HnswGraph(file);
            SearchScratch scratch = new SearchScratch(KERNEL);
            Int8Probe probe = scratch.codes();
            probe.over(graph.rows(), Metric.DOT, 2 * graph.m());
            probe.aim(new float[DIMENSIONS]);
            graph.search(probe, 30, ordinal -> true, scratch);
            assertTrue(scratch.results().size() <= 30);
            new Reach(10, 30, -1).walk(graph, graph.approach(probe), probe, ordinal -> true, scratch);
            assertTrue(scratch.results().size() <= POINTS);
            return true;
        }
    }

    @Test
    void tablesAndLinksAreNotBelieved() throws IOException {
        byte[] sound = sound();
        assertTrue(walk(sound));
        Random random = new Random(8);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] forged = sound.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextBoolean() ? random.nextInt(64) : random.nextInt(forged.length);
                forged[at] = (byte) (random.nextInt(4) == 0 ? 0xFF : random.nextInt());
            }
            refused += walk(forged) ? 0 : 1;
        }
        for (int i = 0; i < ROUNDS / 8; i++) {
            walk(java.util.Arrays.copyOf(sound, random.nextInt(sound.length)));
        }
        assertTrue(refused > ROUNDS / 4, "refused " + refused);
    }

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(sound());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) {
        walk(data == null ? new byte[0] : data);
    }
}
