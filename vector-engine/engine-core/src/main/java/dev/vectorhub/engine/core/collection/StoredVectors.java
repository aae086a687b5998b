package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vectors of a part's points, whatever their kind. */
final class StoredVectors {
    private StoredVectors() {}

    /** A copy of a vector that the point has. */
    static VectorValue read(VectorConfig config, Part part, int vector, int ordinal) {
        return switch (config.kind()) {
            case DENSE -> {
                float[] components = new float[config.size()];
                part.rows(vector).readTo(ordinal, components);
                yield new VectorValue.Dense(components);
            }
            case MULTI -> {
                int first = part.firstRow(vector, ordinal);
                int rows = part.firstRow(vector, ordinal + 1) - first;
                yield new VectorValue.Multi(part.rows(vector).copy(first, rows), rows);
            }
            case SPARSE -> part.sparse(vector).vector(ordinal);
        };
    }

    /** Copies of all vectors, null where the point has none. */
    static @Nullable VectorValue[] all(List<VectorConfig> configs, Part part, int ordinal) {
        VectorValue[] vectors = new VectorValue[configs.size()];
        for (int v = 0; v < vectors.length; v++) {
            if (!configs.get(v).isRemoved() && part.has(v, ordinal)) {
                vectors[v] = read(configs.get(v), part, v, ordinal);
            }
        }
        return vectors;
    }

    /** {@link VectorValue#logicalBytes} of all vectors of a point; null where it has none. */
    static long logicalBytes(List<VectorConfig> configs, @Nullable VectorValue[] vectors) {
        long bytes = 0;
        for (int v = 0; v < vectors.length; v++) {
            VectorValue vector = vectors[v];
            bytes += vector == null ? 0 : vector.logicalBytes(configs.get(v).datatype());
        }
        return bytes;
    }

    /** {@link VectorValue#logicalBytes} of all vectors of a point. */
    static long logicalBytes(List<VectorConfig> configs, Part part, int ordinal) {
        long bytes = 0;
        for (int v = 0; v < configs.size(); v++) {
            if (!configs.get(v).isRemoved() && part.has(v, ordinal)) {
                bytes += logicalBytes(configs.get(v), part, v, ordinal);
            }
        }
        return bytes;
    }

    /** {@link VectorValue#logicalBytes} of a vector that the point has. */
    static long logicalBytes(VectorConfig config, Part part, int vector, int ordinal) {
        return switch (config.kind()) {
            case DENSE -> config.form().bytes(config.size());
            case MULTI ->
                config.form().bytes(config.size())
                        * (part.firstRow(vector, ordinal + 1) - part.firstRow(vector, ordinal));
            case SPARSE -> 8L * part.sparse(vector).length(ordinal);
        };
    }
}
