package dev.vectorhub.engine.core;

/**
 * How a store works; none of it changes what is stored.
 *
 * @param threads background threads for flushing, merging and building graphs; 0 means half of the cores, at least one
 * @param compressionLevel 1 to 22, for zstd
 * @param hnsw defaults of collections that name none; all values set
 * @param efSearch default beam width of a search
 * @param sealBytes bytes of vectors and payload at which the mutable part of a collection is sealed
 * @param backlogPointsMax points that may wait for a graph before {@link StoreStatus#heldBack} names somebody
 * @param openBytesMax stored bytes of collections that are kept open; beyond it the least recently used are closed
 * @param scrubBytesPerSecond at which stored bytes are read again in the background to find damage
 */
public record StoreSettings(
        int threads,
        Compression compression,
        int compressionLevel,
        HnswConfig hnsw,
        int efSearch,
        long sealBytes,
        long backlogPointsMax,
        long openBytesMax,
        long scrubBytesPerSecond) {

    private static final long SEAL_BYTES = 32L << 20;
    private static final long BACKLOG_POINTS_MAX = 2_000_000;
    private static final long OPEN_BYTES_MAX = 2L << 30;
    private static final long SCRUB_BYTES_PER_SECOND = 16L << 20;

    public StoreSettings {
        if (threads < 0 || compressionLevel < 1 || compressionLevel > 22 || efSearch < 1 || sealBytes < 1) {
            throw new IllegalArgumentException("store settings out of range");
        }
        if (openBytesMax < 1 || scrubBytesPerSecond < 1) {
            throw new IllegalArgumentException("store settings out of range");
        }
        if (hnsw.m() < 2 || hnsw.m() > 256 || hnsw.efConstruct() < 4 || hnsw.fullScanThreshold() < 1) {
            throw new IllegalArgumentException("default HNSW parameters out of range: " + hnsw);
        }
    }

    /** With the usual bounds on what is open and on scrubbing. */
    public StoreSettings(
            int threads,
            Compression compression,
            int compressionLevel,
            HnswConfig hnsw,
            int efSearch,
            long sealBytes,
            long backlogPointsMax) {
        this(
                threads,
                compression,
                compressionLevel,
                hnsw,
                efSearch,
                sealBytes,
                backlogPointsMax,
                OPEN_BYTES_MAX,
                SCRUB_BYTES_PER_SECOND);
    }

    /** The guide's balanced preset. */
    public static StoreSettings defaults() {
        return of(0, Compression.LZ4, 3, new HnswConfig(16, 200, 10_000), 100);
    }

    public static StoreSettings of(
            int threads, Compression compression, int compressionLevel, HnswConfig hnsw, int efSearch) {
        return new StoreSettings(
                threads, compression, compressionLevel, hnsw, efSearch, SEAL_BYTES, BACKLOG_POINTS_MAX);
    }

    /** The same with other bounds on what is open and on what waits for a graph. */
    public StoreSettings withBounds(long openBytes, long backlogPoints) {
        return new StoreSettings(
                threads,
                compression,
                compressionLevel,
                hnsw,
                efSearch,
                sealBytes,
                backlogPoints,
                openBytes,
                scrubBytesPerSecond);
    }
}
