package dev.vectorhub.engine.core.segment;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers of the format that {@link SegmentWriter} documents. */
final class SegmentFormat {
    static final int MAGIC = 0x47534856;
    /** With dense vectors of binary32 only. */
    static final int VERSION_DENSE = 2;
    /** With vectors of every kind and datatype. */
    static final int VERSION = 3;

    static final int FIELDS_VERSION = 2;
    static final int GRAPH_MAGIC = 0x52474856;
    static final int FIELDS_MAGIC = 0x58464856;
    static final int HEADER_BYTES = 64;
    static final int FOOTER_BYTES = 32;
    static final int TABLE_ENTRY_BYTES = 24;
    static final int BLOCK_ENTRY_BYTES = 24;
    static final int PLACE_BYTES = 8;

    static final int NUMBERS = 1;
    static final int UUIDS = 2;
    static final int VERSIONS = 3;
    static final int PAYLOAD_PLACES = 4;
    static final int PAYLOAD_INDEX = 5;
    static final int PAYLOAD_BLOCKS = 6;
    static final int VECTORS = 7;
    static final int PRESENCE = 8;
    static final int CODES = 9;
    static final int STARTS = 10;
    static final int INDICES = 11;
    static final int VALUES = 12;
    static final int ENTRIES = 13;
    static final int TERMS = 14;
    static final int LISTS = 15;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SegmentFormat() {}
}
