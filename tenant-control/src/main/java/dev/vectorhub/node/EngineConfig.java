package dev.vectorhub.node;

import dev.vectorhub.collection.HnswPreset;
import dev.vectorhub.collection.HnswSettings;
import dev.vectorhub.engine.wire.EngineSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How this process reaches its engine.
 *
 * @param mode {@code embedded} or {@code cluster}
 * @param nodeId the embedded engine's name
 * @param capacityPoints how many points it is to hold at most
 * @param capacityBytes how many bytes it may use on its volume; 0 takes what is there
 */
public record EngineConfig(
        String mode, String nodeId, long capacityPoints, long capacityBytes, EngineSettingsSource settings) {

    /** The guide's keys for the engine, read late: a console has none of them. */
    public record EngineSettingsSource(
            Path dataDir,
            int threads,
            String compression,
            int compressionLevel,
            int hnswM,
            int hnswEfConstruct,
            int hnswEfSearch,
            String quantization,
            int cacheMb,
            long backlogPointsMax,
            EngineSettings.QueryCacheSettings queryCache) {}

    private static final int QUERY_CACHE_MB = 512;
    private static final int QUERY_CACHE_SECONDS = 300;
    private static final int CACHE_MB_MAX = 1 << 20;
    private static final int CACHE_SECONDS_MAX = 86_400;

    static final long CAPACITY_POINTS_DEFAULT = 50_000_000;

    static EngineConfig read(Config config) {
        HnswSettings preset = HnswPreset.of(
                        "index.hnsw.preset", text(config, "index.hnsw.preset", HnswPreset.BALANCED.code()))
                .settings();
        return new EngineConfig(
                text(config, "hub.engine.mode", "embedded"),
                text(config, "hub.engine.node-id", "node-1"),
                number(config, "hub.engine.capacity-points", CAPACITY_POINTS_DEFAULT),
                number(config, "hub.engine.capacity-bytes", 0),
                new EngineSettingsSource(
                        Path.of(text(config, "storage.data_dir", "data")),
                        (int) number(config, "performance.threads", 0),
                        text(config, "storage.compression", "lz4"),
                        (int) number(config, "storage.compression_level", 3),
                        (int) number(config, "index.hnsw.m", preset.m()),
                        (int) number(config, "index.hnsw.ef_construction", preset.efConstruct()),
                        (int) number(config, "index.hnsw.ef_search", preset.efSearch()),
                        quantization(config),
                        openMb(config),
                        backlogPoints(config),
                        queryCache(config)));
    }

    /**
     * Stored vectors are read from mapped files, whose cache is the page cache: what stays open is what is cached. So a
     * smaller {@code vector_cache} bounds that.
     */
    private static int openMb(Config config) {
        int open = (int) number(config, "memory.cache_size_mb", 2048);
        String eviction = text(config, "cache.vector_cache.eviction", "lru");
        if (!eviction.equals("lru")) {
            throw new IllegalArgumentException("cache.vector_cache.eviction is lru, not " + eviction);
        }
        return cached(config) ? (int) Math.min(open, number(config, "cache.vector_cache.size_mb", open)) : open;
    }

    private static long backlogPoints(Config config) {
        long points = number(config, "hub.engine.backlog-points", EngineSettings.BACKLOG_POINTS_MAX);
        if (points < 1) {
            throw new IllegalArgumentException("hub.engine.backlog-points is 1 or more");
        }
        return points;
    }

    private static EngineSettings.QueryCacheSettings queryCache(Config config) {
        long megabytes = cached(config) ? number(config, "cache.query_cache.size_mb", QUERY_CACHE_MB) : 0;
        long seconds = number(config, "cache.query_cache.ttl_seconds", QUERY_CACHE_SECONDS);
        if (megabytes < 0 || megabytes > CACHE_MB_MAX) {
            throw new IllegalArgumentException("cache.query_cache.size_mb is 0 to " + CACHE_MB_MAX);
        }
        if (seconds < 1 || seconds > CACHE_SECONDS_MAX) {
            throw new IllegalArgumentException("cache.query_cache.ttl_seconds is 1 to " + CACHE_SECONDS_MAX);
        }
        return new EngineSettings.QueryCacheSettings(megabytes << 20, (int) seconds);
    }

    private static boolean cached(Config config) {
        return config.getOptionalValue("cache.enabled", Boolean.class).orElse(false);
    }

    private static String quantization(Config config) {
        boolean enabled =
                config.getOptionalValue("quantization.enabled", Boolean.class).orElse(true);
        return enabled ? text(config, "quantization.type", "scalar") : "none";
    }

    private static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue(key, String.class).orElse(otherwise);
    }

    private static long number(Config config, String key, long otherwise) {
        Optional<Long> value = config.getOptionalValue(key, Long.class);
        return value.orElse(otherwise);
    }
}
