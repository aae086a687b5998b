package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import java.util.Locale;

/**
 * {@code GET /collections/{name}}: what the engine reports, and the configuration with defaults where nothing was given.
 * The defaults are Qdrant's names for what the engine does.
 */
final class CollectionInfoWriter {

    private final int m;
    private final int efConstruct;

    /** @param m the engine's default links, {@code efConstruct} its default build beam */
    CollectionInfoWriter(int m, int efConstruct) {
        this.m = m;
        this.efConstruct = efConstruct;
    }

    ObjectNode info(CollectionInfo info, String configJson) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("status", info.getOptimized() ? "green" : "yellow");
        shown.put("optimizer_status", "ok");
        shown.put("indexed_vectors_count", info.getIndexedVectors());
        shown.put("points_count", info.getPoints());
        shown.put("segments_count", info.getSegments());
        shown.set("config", config(ConfigNode.kept(configJson)));
        ObjectNode schema = shown.putObject("payload_schema");
        for (FieldIndexInfo field : info.getFieldsList()) {
            ObjectNode index = schema.putObject(field.getKey());
            index.put("data_type", field.getType().name().toLowerCase(Locale.ROOT));
            String declared = field.getParams().getDeclared();
            if (!declared.isEmpty()) {
                index.set("params", ConfigNode.kept(declared));
            }
            index.put("points", field.getPoints());
        }
        return shown;
    }

    private ObjectNode config(ObjectNode kept) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode params = config.putObject("params");
        params.put("shard_number", 1);
        params.put("replication_factor", 1);
        params.put("write_consistency_factor", 1);
        params.put("on_disk_payload", true);
        over(params, kept.path("params"));
        ObjectNode hnsw = config.putObject("hnsw_config");
        hnsw.put("m", m);
        hnsw.put("ef_construct", efConstruct);
        hnsw.put("full_scan_threshold", 10_000);
        hnsw.put("max_indexing_threads", 0);
        hnsw.put("on_disk", false);
        over(hnsw, kept.path(CollectionOptions.HNSW));
        ObjectNode optimizers = config.putObject("optimizer_config");
        optimizers.put("deleted_threshold", 0.2);
        optimizers.put("vacuum_min_vector_number", 1_000);
        optimizers.put("default_segment_number", 0);
        optimizers.putNull("max_segment_size");
        optimizers.putNull("memmap_threshold");
        optimizers.put("indexing_threshold", 10_000);
        optimizers.put("flush_interval_sec", 5);
        optimizers.putNull("max_optimization_threads");
        over(optimizers, kept.path(CollectionOptions.OPTIMIZERS));
        ObjectNode wal = config.putObject("wal_config");
        wal.put("wal_capacity_mb", 32);
        wal.put("wal_segments_ahead", 0);
        wal.put("wal_retain_closed", 1);
        over(wal, kept.path(CollectionOptions.WAL));
        JsonNode quantization = kept.get(CollectionOptions.QUANTIZATION);
        config.set(
                CollectionOptions.QUANTIZATION,
                quantization == null ? JsonNodeFactory.instance.nullNode() : quantization);
        JsonNode strict = kept.get(CollectionOptions.STRICT_MODE);
        if (strict != null) {
            config.set(CollectionOptions.STRICT_MODE, strict);
        }
        JsonNode metadata = kept.get(CollectionOptions.METADATA);
        if (metadata != null) {
            config.set(CollectionOptions.METADATA, metadata);
        }
        return config;
    }

    private static void over(ObjectNode defaults, JsonNode given) {
        if (given instanceof ObjectNode object) {
            // "auto" is how a request says it; the number of threads is what an answer shows.
            JsonNode threads = object.get("max_optimization_threads");
            if (threads != null && threads.isTextual()) {
                object.remove("max_optimization_threads");
            }
            defaults.setAll(object);
        }
    }
}
