package dev.vectorhub.engine.wire;

import java.nio.file.Path;

/**
 * What a node needs to start.
 *
 * @param nodeId stable name of the node; letters, digits, '-' and '_'
 * @param dataDir where all state lies; created if absent
 * @param threads search and build threads; 0 means one for each core
 * @param compression payload blocks: {@code none}, {@code lz4} or {@code zstd}
 * @param compressionLevel 1 to 22, for zstd
 * @param hnswM default links per vertex
 * @param hnswEfConstruct default build beam
 * @param hnswEfSearch default search beam
 * @param fullScanThreshold points of a shard below which it is scanned flat
 * @param quantization codes of graphs, of collections that name none: {@code none}, {@code scalar}, {@code product} or
 *     {@code binary}
 * @param cacheMb mebibytes of stored data that are kept open; beyond it the least recently used collections are closed
 * @param backlogPointsMax points that may wait for a graph; beyond it writes of whom most of them belong to are refused
 * @param queryCache answers of searches that are kept
 */
public record EngineSettings(
        String nodeId,
        Path dataDir,
        int threads,
        String compression,
        int compressionLevel,
        int hnswM,
        int hnswEfConstruct,
        int hnswEfSearch,
        int fullScanThreshold,
        String quantization,
        int cacheMb,
        long backlogPointsMax,
        QueryCacheSettings queryCache) {

    public static final long BACKLOG_POINTS_MAX = 2_000_000;

    /**
     * How much of searches' answers is kept for repetitions.
     *
     * @param bytes of all; 0 keeps none
     * @param seconds after which an answer is computed anew, 1 or more
     */
    public record QueryCacheSettings(long bytes, int seconds) {
        public static final QueryCacheSettings OFF = new QueryCacheSettings(0, 1);

        public QueryCacheSettings {
            if (bytes < 0 || seconds < 1) {
                throw new IllegalArgumentException("a query cache of " + bytes + " bytes for " + seconds + " s");
            }
        }
    }

    /** The same with answers kept. */
    public EngineSettings withQueryCache(QueryCacheSettings cache) {
        return new EngineSettings(
                nodeId,
                dataDir,
                threads,
                compression,
                compressionLevel,
                hnswM,
                hnswEfConstruct,
                hnswEfSearch,
                fullScanThreshold,
                quantization,
                cacheMb,
                backlogPointsMax,
                cache);
    }

    /** The guide's balanced preset. */
    public static EngineSettings defaults(String nodeId, Path dataDir) {
        return new EngineSettings(
                nodeId,
                dataDir,
                0,
                "lz4",
                3,
                16,
                200,
                100,
                10_000,
                "scalar",
                2048,
                BACKLOG_POINTS_MAX,
                QueryCacheSettings.OFF);
    }
}
