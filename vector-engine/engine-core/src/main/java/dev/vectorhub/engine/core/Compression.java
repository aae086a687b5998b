package dev.vectorhub.engine.core;

/** How payload blocks are stored. */
public enum Compression {
    NONE,
    LZ4,
    ZSTD
}
