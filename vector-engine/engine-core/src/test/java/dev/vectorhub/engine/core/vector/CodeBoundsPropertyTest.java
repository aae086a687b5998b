package dev.vectorhub.engine.core.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a scan over codes rests on: no distance lies outside of its bounds. */
class CodeBoundsPropertyTest {
    private static final int ROWS = 20;

    @Property(tries = 300)
    void distancesLieWithinTheirBounds(
            @ForAll Distance distance,
            @ForAll Datatype datatype,
            @ForAll @IntRange(min = 1, max = 300) int dimensions,
            @ForAll long seed,
            @ForAll @IntRange(min = -12, max = 12) int magnitude) {
        Random random = new Random(seed);
        RowForm form = RowForm.of(datatype, distance);
        double scale = switch (datatype) {
            case FLOAT32 -> Math.pow(10, magnitude);
            case FLOAT16 -> Math.pow(10, magnitude / 4.0);
            case UINT8 -> 80;
        };
        try (Arena arena = Arena.ofConfined()) {
            long stride = CodeRows.stride(dimensions, 0);
            CodeRows codes = new CodeRows(arena.allocate(ROWS * stride, 64), ROWS, dimensions, stride);
            long full = form.stride(dimensions);
            MemorySegment memory = arena.allocate(ROWS * full, 64);
            Rows rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, form, dimensions);
            float[] asked = form.stored(vector(random, dimensions, scale), distance);
            float[] query = form.compared(asked);
            for (int row = 0; row < ROWS; row++) {
                // the query itself is among them, and others near to it
                float[] vector = row == 0
                        ? asked
                        : form.stored(vector(random, dimensions, row % 3 == 0 ? scale / 1000 : scale), distance);
                form.write(vector, memory, row * full);
                float[] compared = new float[dimensions];
                rows.copyCompared(row, compared);
                Int8.write(compared, Scorer.metric(distance), codes, row);
            }
            Scorer scorer = new Scorer(Kernels.best(), form, distance, query);
            Int8Probe probe = Kernels.best().probe();
            probe.over(codes, Scorer.metric(distance), ROWS);
            probe.aim(query);
            probe.range(0, ROWS);
            CodeBounds bounds = new CodeBounds(probe, Scorer.metric(distance), query);
            for (int row = 0; row < ROWS; row++) {
                float exact = scorer.distance(rows, row);
                float lower = bounds.lower(row, probe.distance(row));
                float upper = bounds.upper(row, probe.distance(row));
                assertTrue(lower <= exact && exact <= upper, lower + " " + exact + " " + upper);
                assertTrue(upper - lower <= 0.2 * extent(query, distance) + Math.abs(exact) * 0.2, "tight");
            }
        }
    }

    private static double extent(float[] query, Distance distance) {
        double extent = 0;
        for (float component : query) {
            extent += distance == Distance.MANHATTAN ? Math.abs(component) : (double) component * component;
        }
        return extent * (distance == Distance.MANHATTAN ? 1 : 4) + 1e-30;
    }

    private static float[] vector(Random random, int dimensions, double scale) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (random.nextGaussian() * scale);
        }
        return vector;
    }
}
