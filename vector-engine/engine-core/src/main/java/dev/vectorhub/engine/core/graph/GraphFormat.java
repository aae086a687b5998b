package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.BitCode;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.ProductCode;
import dev.vectorhub.engine.core.kernel.RowCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical navigable small world graph (Malkov and Yashunin, 2016) over one vector of one segment, with the codes that it
 * is searched by. Its memory is its file, all integers little-endian:
 *
 * <pre>
 *   0  u32 magic "VHGR"        4  u16 format version 2     6  u16 header bytes (64)
 *   8  u32 ordinals            12 u32 vertices             16 u32 m
 *  20  u32 efConstruct         24 u32 entry vertex         28 u32 top level
 *  32  u32 upper lists         36 u32 dimensions           40 u32 kind of code ({@link RowCode})
 *  44  u32 code bytes          48 u64 code book bytes      56 u32 row bytes; 0 in older files: whole cache lines
 *  60  f32 spread ({@link Spread}); 0 if unknown, and in older files
 *  64  rows:         for each vertex codes, numbers, ordinal and its lowest list, as {@link CodeRows} lays them out for 2m links
 *      book:         what the code needs besides, padded to 64
 *      places:       for each ordinal u32, 0 or 1 + its vertex
 *      upper index:  for each vertex u32, 0 or 1 + the number of its first upper list
 *      upper lists:  u32 count, then m u32 neighbours; a vertex has one for each level above the lowest
 *      u32 CRC32C of all before, u32 magic
 * </pre>
 *
 * Vertices are numbered so that those which are visited together lie together. An ordinal without the vector is no vertex. A
 * graph of no vertices is never written.
 *
 * @param ordinals of the segment
 * @param codeBytes of a row
 * @param rowStride bytes from row to row
 * @param spread of the vertices
 */
record GraphFormat(
        int ordinals,
        int vertices,
        int m,
        int efConstruct,
        int entry,
        int top,
        int upperLists,
        int dimensions,
        int kind,
        int codeBytes,
        long bookBytes,
        long rowStride,
        float spread) {
    static final int MAGIC = 0x52474856;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 64;
    static final int FOOTER_BYTES = 8;
    private static final int M_MAX = 1024;
    private static final int LEVEL_MAX = 64;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static GraphFormat read(MemorySegment header) {
        int stride = header.get(INT, 56);
        return new GraphFormat(
                header.get(INT, 8),
                header.get(INT, 12),
                header.get(INT, 16),
                header.get(INT, 20),
                header.get(INT, 24),
                header.get(INT, 28),
                header.get(INT, 32),
                header.get(INT, 36),
                header.get(INT, 40),
                header.get(INT, 44),
                header.get(LONG, 48),
                stride == 0 ? CodeRows.strideOfLines(header.get(INT, 44), 2 * header.get(INT, 16)) : stride,
                header.get(FLOAT, 60));
    }

    void write(MemorySegment header) {
        header.asSlice(0, HEADER_BYTES).fill((byte) 0);
        header.set(INT, 0, MAGIC);
        header.set(SHORT, 4, (short) VERSION);
        header.set(SHORT, 6, (short) HEADER_BYTES);
        int[] fields = {ordinals, vertices, m, efConstruct, entry, top, upperLists, dimensions, kind, codeBytes};
        for (int i = 0; i < fields.length; i++) {
            header.set(INT, 8 + 4L * i, fields[i]);
        }
        header.set(LONG, 48, bookBytes);
        header.set(INT, 56, (int) rowStride);
        header.set(FLOAT, 60, spread);
    }

    /**
     * Says what is wrong with a header, or null.
     *
     * @param file the whole file, footer included
     */
    static @Nullable String fault(MemorySegment file, int expectedOrdinals, int expectedDimensions) {
        if (file.byteSize() < HEADER_BYTES + FOOTER_BYTES || file.get(INT, 0) != MAGIC) {
            return "is no graph file";
        }
        if (file.get(SHORT, 4) != VERSION) {
            return "has graph format version " + file.get(SHORT, 4) + ", this engine reads " + VERSION;
        }
        GraphFormat format = read(file);
        boolean sound = format.ordinals == expectedOrdinals
                && format.dimensions == expectedDimensions
                && format.vertices > 0
                && format.vertices <= format.ordinals
                && format.m > 0
                && format.m <= M_MAX
                && format.top >= 0
                && format.top <= LEVEL_MAX
                && format.upperLists >= 0
                && format.entry >= 0
                && format.entry < format.vertices
                && format.codeFits()
                && format.rowFits()
                && format.spread >= 0
                && format.spread <= Spread.MAX
                && file.byteSize() == format.bytes() + FOOTER_BYTES;
        return sound ? null : "holds a graph of another segment or length";
    }

    static long padded(long bytes) {
        return (bytes + CodeRows.LINE_BYTES - 1) / CodeRows.LINE_BYTES * CodeRows.LINE_BYTES;
    }

    long bookAt() {
        return HEADER_BYTES + vertices * rowStride();
    }

    long placesAt() {
        return bookAt() + padded(bookBytes);
    }

    long upperIndexAt() {
        return placesAt() + 4L * ordinals;
    }

    long upperListsAt() {
        return upperIndexAt() + 4L * vertices;
    }

    long upperStride() {
        return 4L * (1 + m);
    }

    /** Header and body. */
    long bytes() {
        return upperListsAt() + upperLists * upperStride();
    }

    /** As built, but with another entry and, if there is a code, with that in its rows. */
    GraphFormat written(int newEntry, @Nullable RowCode code) {
        return new GraphFormat(
                ordinals,
                vertices,
                m,
                efConstruct,
                newEntry,
                top,
                upperLists,
                dimensions,
                code == null ? kind : code.kind(),
                code == null ? codeBytes : code.bytes(),
                code == null ? bookBytes : code.book().byteSize(),
                code == null ? rowStride : CodeRows.stride(code.bytes(), 2 * m),
                spread);
    }

    /** As built, with what walks begin and end by. */
    GraphFormat finished(int newEntry, int newTop, float newSpread) {
        return new GraphFormat(
                ordinals,
                vertices,
                m,
                efConstruct,
                newEntry,
                newTop,
                upperLists,
                dimensions,
                kind,
                codeBytes,
                bookBytes,
                rowStride,
                newSpread);
    }

    private boolean rowFits() {
        return rowStride == CodeRows.stride(codeBytes, 2 * m) || rowStride == CodeRows.strideOfLines(codeBytes, 2 * m);
    }

    private boolean codeFits() {
        return switch (kind) {
            case RowCode.INT8 -> codeBytes == dimensions && bookBytes == 0;
            case RowCode.NONE -> codeBytes == 0 && bookBytes == 0;
            case RowCode.BITS -> BitCode.fits(codeBytes, bookBytes, dimensions);
            case RowCode.PRODUCT -> ProductCode.fits(codeBytes, bookBytes, dimensions);
            default -> false;
        };
    }
}
