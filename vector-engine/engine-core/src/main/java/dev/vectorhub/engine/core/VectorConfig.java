package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.vector.RowForm;

/**
 * One vector of a collection's points.
 *
 * @param name empty for the unnamed vector
 * @param size components, of a multi-vector those of a row: 1 to 65,536; 0 for a sparse vector
 * @param distance of a multi-vector, that of two rows; a sparse vector has the dot product
 * @param modifier for sparse vectors only
 */
public record VectorConfig(
        String name,
        VectorKind kind,
        int size,
        Distance distance,
        Datatype datatype,
        Modifier modifier,
        HnswConfig hnsw) {

    /** The place of a vector that was removed: places of vectors stay as they are while stored parts have them. */
    public static final VectorConfig REMOVED = new VectorConfig(
            "", VectorKind.SPARSE, 0, Distance.DOT, Datatype.FLOAT32, Modifier.NONE, HnswConfig.DEFAULT);

    public VectorConfig(String name, int size, Distance distance, HnswConfig hnsw) {
        this(name, VectorKind.DENSE, size, distance, Datatype.FLOAT32, Modifier.NONE, hnsw);
    }

    public VectorConfig(String name, int size, Distance distance) {
        this(name, size, distance, HnswConfig.DEFAULT);
    }

    /** True of {@link #REMOVED} only: a sparse vector has a name. */
    public boolean isRemoved() {
        return kind == VectorKind.SPARSE && name.isEmpty();
    }

    /** Whether points have the same vectors under both, however those are indexed. */
    public boolean isLike(VectorConfig other) {
        return equals(other.with(hnsw));
    }

    public VectorConfig with(HnswConfig newHnsw) {
        return new VectorConfig(name, kind, size, distance, datatype, modifier, newHnsw);
    }

    /** How its rows lie in memory; not for sparse vectors. */
    public RowForm form() {
        return RowForm.of(datatype, distance);
    }

    public static VectorConfig multi(String name, int size, Distance distance) {
        return new VectorConfig(
                name, VectorKind.MULTI, size, distance, Datatype.FLOAT32, Modifier.NONE, HnswConfig.DEFAULT);
    }

    public static VectorConfig sparse(String name, Modifier modifier) {
        return new VectorConfig(
                name, VectorKind.SPARSE, 0, Distance.DOT, Datatype.FLOAT32, modifier, HnswConfig.DEFAULT);
    }
}
