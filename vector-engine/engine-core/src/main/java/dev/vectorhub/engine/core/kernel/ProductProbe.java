package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe over {@link ProductCode}: a table tells what each byte of a code adds to the distance. */
public final class ProductProbe extends WalkingProbe {
    private @Nullable CodeRows rows;
    private MemorySegment book = MemorySegment.NULL;
    private Metric metric = Metric.DOT;
    private final float[] values = new float[ProductCode.CENTROIDS];
    private float[] table = new float[0];
    /** Query and table, for C. */
    private MemorySegment nativeQuery = MemorySegment.NULL;

    private MemorySegment nativeTable = MemorySegment.NULL;

    /** @param natively whether the native kernel may be used */
    public ProductProbe(boolean natively) {
        super(natively);
    }

    /** Sets the rows; the query has to be aimed afterwards. */
    public void over(CodeRows newRows, MemorySegment newBook, Metric newMetric, int batch) {
        rows = newRows;
        book = newBook;
        metric = newMetric;
        int cells = newRows.length * ProductCode.CENTROIDS;
        if (walk == null && table.length != cells) {
            table = new float[cells];
        } else if (walk != null && nativeTable.byteSize() < 4L * cells) {
            nativeTable = allocate(4L * cells);
        }
        attach(newRows, true, batch);
    }

    @Override
    public CodeRows rows() {
        return Objects.requireNonNull(rows);
    }

    @Override
    public void aim(float[] query) {
        if (walk != null) {
            aimNatively(query);
            return;
        }
        Arrays.fill(table, 0);
        int bytes = rows().length;
        for (int stretch = 0; stretch < bytes; stretch++) {
            int end = ProductCode.begin(stretch + 1, bytes, query.length);
            for (int i = ProductCode.begin(stretch, bytes, query.length); i < end; i++) {
                MemorySegment.copy(
                        book, CodeRows.FLOAT, 4L * ProductCode.CENTROIDS * i, values, 0, ProductCode.CENTROIDS);
                add(stretch * ProductCode.CENTROIDS, query[i]);
            }
        }
    }

    private void aimNatively(float[] query) {
        if (nativeQuery.byteSize() < 4L * query.length) {
            nativeQuery = allocate(4L * query.length);
        }
        MemorySegment.copy(query, 0, nativeQuery, ValueLayout.JAVA_FLOAT, 0, query.length);
        NativeCode.table(
                book.address(),
                nativeQuery.address(),
                nativeTable.address(),
                query.length,
                rows().length,
                NativeWalk.code(metric));
    }

    private void add(int at, float component) {
        switch (metric) {
            case DOT -> {
                for (int c = 0; c < values.length; c++) {
                    table[at + c] -= component * values[c];
                }
            }
            case SQUARED_L2 -> {
                for (int c = 0; c < values.length; c++) {
                    float difference = component - values[c];
                    table[at + c] += difference * difference;
                }
            }
            case L1 -> {
                for (int c = 0; c < values.length; c++) {
                    table[at + c] += Math.abs(component - values[c]);
                }
            }
        }
    }

    @Override
    void computeDistances(int count) {
        if (walk != null) {
            NativeCode.product(walk.address, nativeTable.address(), count);
            return;
        }
        CodeRows target = rows();
        MemorySegment memory = target.memory;
        for (int i = 0; i < count; i++) {
            long at = target.at(id(i));
            float even = 0;
            float odd = 0;
            int stretch = 0;
            for (; stretch + 1 < target.length; stretch += 2) {
                even += table[256 * stretch + (memory.get(ValueLayout.JAVA_BYTE, at + stretch) & 0xFF)];
                odd += table[256 * stretch + 256 + (memory.get(ValueLayout.JAVA_BYTE, at + stretch + 1) & 0xFF)];
            }
            if (stretch < target.length) {
                even += table[256 * stretch + (memory.get(ValueLayout.JAVA_BYTE, at + stretch) & 0xFF)];
            }
            setDistance(i, even + odd);
        }
    }
}
