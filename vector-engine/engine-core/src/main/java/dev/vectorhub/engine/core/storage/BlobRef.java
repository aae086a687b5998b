package dev.vectorhub.engine.core.storage;

/**
 * Bytes of a segment or graph within a file.
 *
 * @param file number of the file in its directory
 */
public record BlobRef(long file, long offset, long length) {}
