package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of codes in native memory, each padded to half a cache line, with what a comparison and a walk need behind the codes, so
 * that one visit of a row finds all of it. Little-endian:
 *
 * <pre>
 *   codes                              length bytes, zero up to a multiple of 4
 *   0  f32 scale, 4  i32 sum           of int8 codes: component = code * scale; the codes added up
 *   8  f32 norm                        squares of the decoded components added up
 *  12  f32 error                       distance from the components to the decoded ones: L1 under that metric, else L2
 *  16  u32 ordinal                     in the segment
 *  20  u32 count, u32 neighbours …     only in graphs
 * </pre>
 */
public final class CodeRows {
    public static final int LINE_BYTES = 64;
    static final int SCALE = 0;
    static final int SUM = 4;
    static final int NORM = 8;
    static final int ERROR = 12;
    static final int ORDINAL = 16;
    static final int LINKS = 20;

    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    final MemorySegment memory;
    final int length;
    final int tail;
    final long stride;
    private final int size;

    /**
     * @param memory of exactly {@code size} rows
     * @param length code bytes of a row
     * @param stride as {@link #stride} says
     */
    public CodeRows(MemorySegment memory, int size, int length, long stride) {
        if (memory.byteSize() != size * stride) {
            throw new IllegalArgumentException(memory.byteSize() + " bytes for " + size + " rows of " + stride);
        }
        this.memory = memory;
        this.size = size;
        this.length = length;
        this.tail = tail(length);
        this.stride = stride;
    }

    private static int tail(int length) {
        return (length + 3) & -4;
    }

    /** Bytes from row to row: half lines, but a comparison may read codes up to a whole one. */
    public static long stride(int length, int linksMax) {
        return Math.max(rounded(bytes(length, linksMax), LINE_BYTES / 2), rounded(length, LINE_BYTES));
    }

    /** As files of earlier releases have it. */
    public static long strideOfLines(int length, int linksMax) {
        return rounded(bytes(length, linksMax), LINE_BYTES);
    }

    private static long bytes(int length, int linksMax) {
        return tail(length) + (linksMax == 0 ? LINKS : LINKS + 4L * (1 + linksMax));
    }

    private static long rounded(long bytes, int unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    public int size() {
        return size;
    }

    public int length() {
        return length;
    }

    public long stride() {
        return stride;
    }

    /** The bytes of a row, links included. */
    public MemorySegment row(int row) {
        return memory.asSlice(row * stride, stride);
    }

    /** Where a row begins in {@link #memory}. */
    long at(int row) {
        return row * stride;
    }

    public int ordinal(int row) {
        return memory.get(INT, row * stride + tail + ORDINAL);
    }

    public void setOrdinal(int row, int ordinal) {
        memory.set(INT, row * stride + tail + ORDINAL, ordinal);
    }

    /** How far the decoded components are from the true ones. */
    public float error(int row) {
        return memory.get(FLOAT, row * stride + tail + ERROR);
    }

    /** The length of the decoded components. */
    public double decodedLength(int row) {
        return Math.sqrt(norm(row));
    }

    /** Neighbours of a row in a graph. */
    public int links(int row) {
        return memory.get(INT, row * stride + tail + LINKS);
    }

    public int link(int row, int i) {
        return memory.get(INT, row * stride + tail + LINKS + 4 + 4L * i);
    }

    public void setLinks(int row, int count) {
        memory.set(INT, row * stride + tail + LINKS, count);
    }

    public void setLink(int row, int i, int neighbour) {
        memory.set(INT, row * stride + tail + LINKS + 4 + 4L * i, neighbour);
    }

    float scale(int row) {
        return memory.get(FLOAT, row * stride + tail + SCALE);
    }

    int sum(int row) {
        return memory.get(INT, row * stride + tail + SUM);
    }

    /** The code's squares added up. */
    public float norm(int row) {
        return memory.get(FLOAT, row * stride + tail + NORM);
    }
}
