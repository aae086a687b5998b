package dev.vectorhub.engine.core.segment;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a segment says of where payloads lie, looked at once when it is opened: whatever is read later lies within its block, and
 * a block within its section.
 */
final class PayloadTables {
    /** A block holds one command's largest payload at most. */
    private static final int RAW_BYTES_MAX = 64 << 20;

    private PayloadTables() {}

    /** What is wrong, or null. */
    static @Nullable String fault(MemorySegment places, MemorySegment index, MemorySegment blocks, int points) {
        long count = index.byteSize() / SegmentFormat.BLOCK_ENTRY_BYTES;
        if (count * SegmentFormat.BLOCK_ENTRY_BYTES != index.byteSize()) {
            return "has half an entry of a payload block";
        }
        int block = -1;
        int raw = 0;
        long next = 0;
        for (int ordinal = 0; ordinal < points; ordinal++) {
            while (block + 1 < count && next <= ordinal) {
                block++;
                raw = raw(index, block, blocks.byteSize());
                if (raw < 0) {
                    return "has a payload block that lies elsewhere";
                }
                next = block + 1 < count ? first(index, block + 1) : Long.MAX_VALUE;
                if (next < first(index, block)) {
                    return "has payload blocks in another order";
                }
            }
            long place = (long) SegmentFormat.PLACE_BYTES * ordinal;
            int start = places.get(SegmentFormat.INT, place);
            int length = places.get(SegmentFormat.INT, place + 4);
            if (length != 0 && (block < 0 || start < 0 || length < 0 || (long) start + length > raw)) {
                return "has a payload outside of its block";
            }
        }
        return null;
    }

    /** Bytes of all payloads, unpacked; of tables without a fault. */
    static long bytes(MemorySegment index) {
        long bytes = 0;
        for (long entry = 0; entry < index.byteSize(); entry += SegmentFormat.BLOCK_ENTRY_BYTES) {
            bytes += index.get(SegmentFormat.INT, entry + 12);
        }
        return bytes;
    }

    private static int first(MemorySegment index, int block) {
        return index.get(SegmentFormat.INT, (long) SegmentFormat.BLOCK_ENTRY_BYTES * block + 16);
    }

    /** The block's unpacked bytes; -1 for one that cannot be. */
    private static int raw(MemorySegment index, int block, long bytes) {
        long entry = (long) SegmentFormat.BLOCK_ENTRY_BYTES * block;
        long offset = index.get(SegmentFormat.LONG, entry);
        int stored = index.get(SegmentFormat.INT, entry + 8);
        int raw = index.get(SegmentFormat.INT, entry + 12);
        boolean plain = index.get(SegmentFormat.INT, entry + 20) == PayloadCodec.NONE;
        boolean lies = offset >= 0 && stored >= 0 && stored <= bytes && offset <= bytes - stored;
        return lies && raw >= 0 && raw <= RAW_BYTES_MAX && (!plain || raw == stored) ? raw : -1;
    }
}
