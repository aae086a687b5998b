package dev.vectorhub.engine.bench;

import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.kernel.ScalarKernel;
import dev.vectorhub.engine.core.vector.RowForm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds of one comparison, rows in order and in cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class KernelBenchmark {
    private static final int ROWS = 256;

    @Param({"100", "384", "784"})
    private int dimensions;

    @Param({"scalar", "best"})
    private String kernel = "best";

    private final Arena arena = Arena.ofShared();
    private Kernel chosen = new ScalarKernel();
    private float[] query = {};
    private MemorySegment rows = MemorySegment.NULL;
    private long stride;
    private int next;

    @Setup
    public void setUp() {
        chosen = kernel.equals("best") ? Kernels.best() : new ScalarKernel();
        stride = RowForm.FLOAT32.stride(dimensions);
        rows = arena.allocate(ROWS * stride, 64);
        query = new float[dimensions];
        Random random = new Random(1);
        for (int row = 0; row <= ROWS; row++) {
            float[] components = row < ROWS ? new float[dimensions] : query;
            for (int i = 0; i < dimensions; i++) {
                components[i] = (float) random.nextGaussian();
            }
            if (row < ROWS) {
                RowForm.FLOAT32.write(components, rows, row * stride);
            }
        }
    }

    @TearDown
    public void tearDown() {
        arena.close();
    }

    private long offset() {
        next = (next + 1) % ROWS;
        return next * stride;
    }

    @Benchmark
    public float dot() {
        return chosen.dot(query, rows, offset());
    }

    @Benchmark
    public float squaredL2() {
        return chosen.squaredL2(query, rows, offset());
    }

    @Benchmark
    public float l1() {
        return chosen.l1(query, rows, offset());
    }
}
