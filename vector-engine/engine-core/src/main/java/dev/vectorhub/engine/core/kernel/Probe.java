package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * One query on its way over rows of one kind of code, with the buffers that it works in: made once, aimed again and again, for
 * one thread at a time. Row numbers go in and out through {@link #id}; which rows a walk has met is kept as a stamp for each.
 */
public abstract class Probe {
    private static final int IDS_MIN = 512;

    private final Arena arena = Arena.ofAuto();
    MemorySegment ids = MemorySegment.NULL;
    MemorySegment distances = MemorySegment.NULL;
    MemorySegment seen = MemorySegment.NULL;
    int stamp;
    private long computed;

    /** Makes room for batches and stamps. */
    final void require(int rows, int batch) {
        int wanted = Math.max(batch, IDS_MIN);
        if (ids.byteSize() < 4L * wanted) {
            ids = arena.allocate(4L * wanted, CodeRows.LINE_BYTES);
            distances = arena.allocate(4L * wanted, CodeRows.LINE_BYTES);
            moved();
        }
        requireStamps(rows);
    }

    /** Makes room for a stamp for each row; one that was not there before is zero. */
    void requireStamps(int rows) {
        if (seen.byteSize() < rows) {
            seen = arena.allocate(Math.max(rows, 2 * seen.byteSize()), CodeRows.LINE_BYTES);
            stamp = 0;
            moved();
        }
    }

    /** Sets all stamps to zero. */
    void clearStamps() {
        seen.fill((byte) 0);
    }

    /** Told when a buffer was replaced. */
    void moved() {}

    final MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, CodeRows.LINE_BYTES);
    }

    /** Forgets which rows were seen. */
    public final void beginWalk() {
        if (++stamp > 255) {
            clearStamps();
            stamp = 1;
        }
        stamped();
    }

    void stamped() {}

    /** Has an effect: the first call of a walk with a row answers true. */
    public boolean trySee(int row) {
        if (seen.get(ValueLayout.JAVA_BYTE, row) == (byte) stamp) {
            return false;
        }
        seen.set(ValueLayout.JAVA_BYTE, row, (byte) stamp);
        return true;
    }

    public final int id(int i) {
        return ids.get(ValueLayout.JAVA_INT, 4L * i);
    }

    public final void setId(int i, int row) {
        ids.set(ValueLayout.JAVA_INT, 4L * i, row);
    }

    public final float distance(int i) {
        return distances.get(ValueLayout.JAVA_FLOAT, 4L * i);
    }

    final void setDistance(int i, float distance) {
        distances.set(ValueLayout.JAVA_FLOAT, 4L * i, distance);
    }

    /** Rows that fit in one batch. */
    public final int batchMax() {
        return (int) (ids.byteSize() / 4);
    }

    final void count(int distancesComputed) {
        computed += distancesComputed;
    }

    /** Distances computed since the last call. */
    public final long takeComputed() {
        long count = computed;
        computed = 0;
        return count;
    }

    /** The rows of a graph that this probe walks on: links and ordinals are read there. */
    public abstract CodeRows rows();

    /**
     * Sets the query that distances are to.
     *
     * @param query of as many components as the rows have, normalised if they are
     */
    public abstract void aim(float[] query);

    /** Sets the distances of the first {@code count} rows of {@link #id}. */
    public final void distances(int count) {
        Objects.checkIndex(count, batchMax() + 1);
        computeDistances(count);
        computed += count;
    }

    abstract void computeDistances(int count);

    /** The distance of one row. */
    public final float distanceTo(int row) {
        setId(0, row);
        distances(1);
        return distance(0);
    }

    /**
     * Fills ids and distances with the neighbours of a vertex that this walk had not seen, but for those beyond the bound.
     *
     * @return how many
     */
    public int expand(int vertex, float bound) {
        int count = meet(vertex);
        distances(count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            float distance = distance(i);
            if (distance <= bound) {
                setId(kept, id(i));
                setDistance(kept++, distance);
            }
        }
        return kept;
    }

    /** Fills ids with the neighbours of a vertex that this walk had not seen, and has their rows on their way; how many. */
    int meet(int vertex) {
        CodeRows rows = rows();
        int linked = rows.links(vertex);
        int count = 0;
        for (int i = 0; i < linked; i++) {
            int neighbour = rows.link(vertex, i);
            if (trySee(neighbour)) {
                setId(count++, neighbour);
            }
        }
        touch(count);
        return count;
    }

    /** Has the cache misses of a batch overlap. */
    void touch(int count) {}
}
