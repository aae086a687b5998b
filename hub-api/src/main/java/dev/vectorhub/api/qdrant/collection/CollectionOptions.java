package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options that creating and changing a collection share. Those that change nothing here (optimizers, write-ahead log,
 * shards, placement in memory, quantiles of a quantization: the engine decides these itself) are checked, kept and shown again.
 */
final class CollectionOptions {

    static final String HNSW = "hnsw_config";
    static final String OPTIMIZERS = "optimizers_config";
    static final String WAL = "wal_config";
    static final String QUANTIZATION = "quantization_config";
    static final String STRICT_MODE = "strict_mode_config";
    static final String METADATA = "metadata";

    /** Links of a vertex and width of the build beam: beyond these a graph costs far more than it finds. */
    static final int M_MAX = 512;

    static final int EF_CONSTRUCT_MAX = 10_000;

    private static final long ANY = Long.MAX_VALUE;
    static final Set<String> MEMORY = Set.of("cold", "cached", "pinned");
    private static final Set<String> QUANTIZATIONS = Set.of("scalar", "product", "binary", "turbo");

    private static final List<String> STRICT_FLAGS =
            List.of("enabled", "unindexed_filtering_retrieve", "unindexed_filtering_update", "search_allow_exact");
    /** Each with the least that Qdrant takes. */
    private static final Map<String, Integer> STRICT_LIMITS = Map.ofEntries(
            Map.entry("max_query_limit", 1),
            Map.entry("max_timeout", 1),
            Map.entry("search_max_hnsw_ef", 0),
            Map.entry("upsert_max_batchsize", 0),
            Map.entry("search_max_batchsize", 0),
            Map.entry("max_collection_vector_size_bytes", 0),
            Map.entry("max_collection_payload_size_bytes", 0),
            Map.entry("read_rate_limit", 1),
            Map.entry("write_rate_limit", 1),
            Map.entry("filter_max_conditions", 0),
            Map.entry("condition_max_size", 0),
            Map.entry("max_points_count", 1),
            Map.entry("max_payload_index_count", 0));

    /** Limits of single vectors by their names. */
    private static final Map<String, String> STRICT_VECTORS =
            Map.of("multivector_config", "max_vectors", "sparse_config", "max_length");

    private CollectionOptions() {}

    /** {@code hnsw_config}; null where none is given. */
    static @Nullable ObjectNode hnsw(ConfigNode parent) {
        ConfigNode hnsw = parent.object(HNSW);
        if (hnsw == null) {
            return null;
        }
        hnsw.integer("m", 0, M_MAX);
        hnsw.integer("ef_construct", 4, EF_CONSTRUCT_MAX);
        hnsw.integer("full_scan_threshold", 10, ANY);
        hnsw.integer("max_indexing_threads", 0, ANY);
        hnsw.integer("payload_m", 0, M_MAX);
        hnsw.bool("on_disk");
        hnsw.bool("inline_storage");
        hnsw.word("memory", MEMORY);
        return kept(
                hnsw,
                "m",
                "ef_construct",
                "full_scan_threshold",
                "max_indexing_threads",
                "payload_m",
                "on_disk",
                "inline_storage",
                "memory");
    }

    static @Nullable ObjectNode optimizers(ConfigNode parent) {
        ConfigNode optimizers = parent.object(OPTIMIZERS);
        if (optimizers == null) {
            return null;
        }
        optimizers.number("deleted_threshold", 0, 1);
        optimizers.integer("vacuum_min_vector_number", 100, ANY);
        optimizers.integer("default_segment_number", 0, ANY);
        optimizers.integer("max_segment_size", 1, ANY);
        optimizers.integer("memmap_threshold", 0, ANY);
        optimizers.integer("indexing_threshold", 0, ANY);
        optimizers.integer("flush_interval_sec", 0, ANY);
        JsonNode threads = optimizers.given("max_optimization_threads");
        if (threads != null && !threads.isTextual()) {
            optimizers.integer("max_optimization_threads", 0, ANY);
        } else {
            optimizers.word("max_optimization_threads", Set.of("auto"));
        }
        optimizers.bool("prevent_unoptimized");
        return kept(
                optimizers,
                "deleted_threshold",
                "vacuum_min_vector_number",
                "default_segment_number",
                "max_segment_size",
                "memmap_threshold",
                "indexing_threshold",
                "flush_interval_sec",
                "max_optimization_threads",
                "prevent_unoptimized");
    }

    static @Nullable ObjectNode wal(ConfigNode parent) {
        ConfigNode wal = parent.object(WAL);
        if (wal == null) {
            return null;
        }
        wal.integer("wal_capacity_mb", 1, ANY);
        wal.integer("wal_segments_ahead", 0, ANY);
        wal.integer("wal_retain_closed", 1, ANY);
        return kept(wal, "wal_capacity_mb", "wal_segments_ahead", "wal_retain_closed");
    }

    /** {@code {"scalar":{…}}} or another kind; null where none is given. */
    static @Nullable ObjectNode quantization(ConfigNode parent) {
        ConfigNode quantization = parent.object(QUANTIZATION);
        if (quantization == null) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String kind : QUANTIZATIONS) {
            ConfigNode config = quantization.object(kind);
            if (config != null) {
                check(kind, config);
                kept.set(kind, config.node());
            }
        }
        if (kept.size() != 1) {
            throw BodyErrors.format(
                    quantization.path(), "expected exactly one of `scalar`, `product`, `binary`, `turbo`");
        }
        return kept;
    }

    /** Whether a change takes the quantization away: {@code "Disabled"} in place of an object. */
    static boolean isDisabled(ConfigNode update) {
        JsonNode quantization = update.given(QUANTIZATION);
        return quantization != null
                && quantization.isTextual()
                && update.word(QUANTIZATION, Set.of("Disabled")) != null;
    }

    private static void check(String kind, ConfigNode config) {
        config.bool("always_ram");
        config.word("memory", MEMORY);
        switch (kind) {
            case "scalar" -> {
                if (config.word("type", Set.of("int8")) == null) {
                    throw BodyErrors.format(config.path(), "missing field `type`");
                }
                config.number("quantile", 0.5, 1);
            }
            case "product" -> {
                if (config.word("compression", Set.of("x4", "x8", "x16", "x32", "x64")) == null) {
                    throw BodyErrors.format(config.path(), "missing field `compression`");
                }
            }
            default -> {}
        }
    }

    /** {@code strict_mode_config}: what a tenant forbids itself; null where none is given. */
    static @Nullable ObjectNode strictMode(ConfigNode parent) {
        ConfigNode strict = parent.object(STRICT_MODE);
        if (strict == null) {
            return null;
        }
        for (String field : STRICT_FLAGS) {
            strict.bool(field);
        }
        STRICT_LIMITS.forEach((field, least) -> strict.integer(field, least, ANY));
        strict.integer("max_resident_memory_percent", 1, 100);
        strict.number("search_max_oversampling", 1, Double.MAX_VALUE);
        ObjectNode kept = kept(strict, STRICT_FLAGS.toArray(String[]::new));
        strict.copy(kept, STRICT_LIMITS.keySet().toArray(String[]::new));
        strict.copy(kept, "search_max_oversampling", "max_resident_memory_percent");
        STRICT_VECTORS.forEach((field, limit) -> {
            ConfigNode vectors = strict.object(field);
            if (vectors != null) {
                for (Map.Entry<String, JsonNode> vector : vectors.node().properties()) {
                    ConfigNode.object(vector.getValue(), vectors.path(BodyErrors.shown(vector.getKey())))
                            .integer(limit, 1, ANY);
                }
                strict.copy(kept, field);
            }
        });
        return kept;
    }

    /** What {@code params} has beside the vectors; checked, and copied where given. */
    static void params(ConfigNode from, ObjectNode into) {
        from.integer("replication_factor", 1, Integer.MAX_VALUE);
        from.integer("write_consistency_factor", 1, Integer.MAX_VALUE);
        from.integer("read_fan_out_factor", 0, Integer.MAX_VALUE);
        from.integer("read_fan_out_delay_ms", 0, ANY);
        from.bool("on_disk_payload");
        ConfigNode payload = from.object("payload");
        if (payload != null) {
            payload.word("memory", MEMORY);
        }
        from.copy(
                into,
                "replication_factor",
                "write_consistency_factor",
                "read_fan_out_factor",
                "read_fan_out_delay_ms",
                "on_disk_payload",
                "payload");
    }

    private static ObjectNode kept(ConfigNode from, String... fields) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        from.copy(kept, fields);
        return kept;
    }
}
