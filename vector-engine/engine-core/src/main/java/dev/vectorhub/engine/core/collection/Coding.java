package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.kernel.BitCode;
import dev.vectorhub.engine.core.kernel.ProductCode;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.point.Part;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Which code the rows of a graph hold, and how it is learned from a part. */
final class Coding {
    /** Vectors that a code is learned from, spread evenly over the part. */
    private static final int SAMPLE = 8192;

    private Coding() {}

    private static int kind(QuantizationConfig quantization, Distance distance) {
        return switch (quantization.kind()) {
            case DEFAULT, SCALAR -> RowCode.INT8;
            case NONE -> RowCode.NONE;
            case PRODUCT -> RowCode.PRODUCT;
            case BINARY -> distance == Distance.MANHATTAN ? RowCode.INT8 : RowCode.BITS;
        };
    }

    /** Whether a graph holds what is wanted. */
    static boolean fits(HnswGraph graph, QuantizationConfig quantization, VectorConfig vector) {
        int kind = kind(quantization, vector.distance());
        return graph.kind() == kind
                && (kind != RowCode.PRODUCT
                        || graph.codeBytes() == ProductCode.bytes(vector.size(), quantization.compression()));
    }

    /** Null for the int8 codes that graphs are built on. */
    static @Nullable RowCode of(
            QuantizationConfig quantization,
            VectorConfig config,
            Part part,
            int vector,
            Arena arena,
            BooleanSupplier cancelled) {
        return switch (kind(quantization, config.distance())) {
            case RowCode.NONE -> new RowCode.None();
            case RowCode.BITS -> new BitCode(mean(sample(part, vector)), arena);
            case RowCode.PRODUCT ->
                ProductCode.learn(sample(part, vector), quantization.compression(), arena, cancelled);
            default -> null;
        };
    }

    /** At least one: a part without the vector gets no graph. */
    private static float[][] sample(Part part, int vector) {
        int step = Math.max(1, part.count(vector) / SAMPLE);
        List<float[]> sample = new ArrayList<>();
        int met = 0;
        for (int ordinal = 0; ordinal < part.size() && sample.size() < SAMPLE; ordinal++) {
            if (part.has(vector, ordinal) && met++ % step == 0) {
                float[] row = new float[part.rows(vector).dimensions()];
                part.rows(vector).copyCompared(ordinal, row);
                sample.add(row);
            }
        }
        return sample.toArray(float[][]::new);
    }

    private static float[] mean(float[][] sample) {
        double[] sums = new double[sample[0].length];
        for (float[] vector : sample) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += vector[i];
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / sample.length);
        }
        return mean;
    }
}
