package dev.vectorhub.snapshot;

import java.time.Instant;

/**
 * A stored snapshot.
 *
 * @param checksum SHA-256 of the file, in lower-case hexadecimal
 */
public record Snapshot(String name, Instant createdAt, long bytes, String checksum) {}
