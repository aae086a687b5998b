package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe over rows of {@link Int8} codes; its query is encoded as they are. */
public abstract class Int8Probe extends Probe {
    private @Nullable CodeRows rows;
    private @Nullable CodeRows query;
    private MemorySegment room = MemorySegment.NULL;
    Metric metric = Metric.DOT;
    private float error;

    /** Sets the rows; the query has to be aimed afterwards. */
    public final void over(CodeRows newRows, Metric newMetric, int batch) {
        rows = newRows;
        metric = newMetric;
        require(newRows.size(), batch);
        CodeRows mine = query;
        if (mine == null || mine.length != newRows.length) {
            long stride = CodeRows.stride(newRows.length, 0);
            // collections of other sizes come in turns: what is allocated is never given back
            if (room.byteSize() < stride) {
                room = allocate(2 * stride);
            }
            query = new CodeRows(room.asSlice(0, stride), 1, newRows.length, stride);
        }
        attached(newRows);
    }

    abstract void attached(CodeRows newRows);

    @Override
    public final CodeRows rows() {
        return Objects.requireNonNull(rows);
    }

    @Override
    public final void aim(float[] vector) {
        CodeRows mine = Objects.requireNonNull(query);
        if (vector.length != mine.length) {
            throw new IllegalArgumentException(vector.length + " components for codes of " + mine.length);
        }
        Int8.write(vector, metric, mine, 0);
        error = mine.error(0);
        load(mine, 0);
    }

    /** Makes an encoded vector the query: the only row of its rows. */
    final void aim(CodeRows encoded) {
        error = encoded.error(0);
        load(encoded, 0);
    }

    /** Makes a row the query. */
    public final void aimAt(int row) {
        error = 0;
        load(rows(), Objects.checkIndex(row, rows().size()));
    }

    /** Takes the query from a row. */
    abstract void load(CodeRows from, int row);

    /** How far the encoded query is from the true one, as {@link CodeRows#error}. */
    public final float error() {
        return error;
    }

    /** The encoded query's squares added up. */
    public final float norm() {
        return Objects.requireNonNull(query).norm(0);
    }

    /** Sets the distances of {@code count} rows from {@code from} on. */
    public final void range(int from, int count) {
        Objects.checkFromIndexSize(from, count, rows().size());
        Objects.checkIndex(count, batchMax() + 1);
        computeRange(from, count);
        count(count);
    }

    abstract void computeRange(int from, int count);

    /** Whether none of the first {@code count} rows of {@link #id} is nearer than the bound. */
    public boolean apart(int count, float bound) {
        for (int i = 0; i < count; i++) {
            if (one(id(i)) < bound) {
                return false;
            }
        }
        return true;
    }

    abstract float one(int row);

    /** From the sum of products of codes to the distance. */
    final float fromDot(int row, int products, float scale, float norm) {
        CodeRows target = rows();
        float dot = scale * target.scale(row) * products;
        return metric == Metric.DOT ? -dot : Math.max(0, norm + target.norm(row) - 2 * dot);
    }
}
