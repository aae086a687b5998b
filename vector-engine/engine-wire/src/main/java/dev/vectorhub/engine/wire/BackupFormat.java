package dev.vectorhub.engine.wire;

/** Numbers of the format that {@link BackupWriter} documents. */
final class BackupFormat {
    static final int MAGIC = 0x56484255;
    static final int VERSION = 1;
    static final int PREAMBLE_BYTES = 8;
    static final int FRAME_HEADER_BYTES = 8;
    /** A frame holds one command's worth of points; a single point may be as large as the largest command. */
    static final int FRAME_BYTES_MAX = 48 << 20;

    static final int HEADER = 1;
    static final int COLLECTION = 2;
    static final int POINTS = 3;
    static final int END = 4;

    private BackupFormat() {}
}
