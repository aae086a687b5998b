package dev.vectorhub.api.startup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration keys below the scaling guide's roots, as the guide spells them, and those of ours that share a root
 * with it. A key below one of these roots that is not here is a mistake and stops the start: a limit that is misspelt
 * must not silently be no limit.
 */
final class GuideKeys {

    /** {@code *} stands for one name, {@code [*]} for an index. */
    private static final List<String> KEYS = List.of(
            "performance.threads",
            "memory.max_heap_mb",
            "memory.cache_size_mb",
            "memory.mmap_enabled",
            "storage.data_dir",
            "storage.compression",
            "storage.compression_level",
            "quantization.enabled",
            "quantization.type",
            "replication.enabled",
            "replication.role",
            "replication.bind_address",
            "replication.master_address",
            "replication.sync_interval_ms",
            "replication.max_lag_ms",
            "cluster.enabled",
            "cluster.mode",
            "cluster.shards[*].id",
            "cluster.shards[*].address",
            "cluster.shards[*].weight",
            "cluster.sharding.strategy",
            "cluster.sharding.replication_factor",
            "cluster.shard_id",
            "cluster.router_address",
            "index.type",
            "index.hnsw.m",
            "index.hnsw.ef_construction",
            "index.hnsw.ef_search",
            "server.max_connections",
            "server.connection_timeout_ms",
            "server.keep_alive_ms",
            "server.thread_pool.core_size",
            "server.thread_pool.max_size",
            "server.thread_pool.queue_size",
            "cache.enabled",
            "cache.query_cache.size_mb",
            "cache.query_cache.ttl_seconds",
            "cache.vector_cache.size_mb",
            "cache.vector_cache.eviction",
            "hub.enabled",
            "hub.tenant_isolation",
            "hub.tenant_limits.*.max_collections",
            "hub.tenant_limits.*.max_vectors_per_collection",
            "hub.tenant_limits.*.max_storage_bytes",
            "hub.tenant_limits.*.max_requests_per_minute");

    /** Branches below {@code hub} that are ours; their beans state what they hold. */
    private static final List<String> OUR_BRANCHES = List.of(
            "hub.api.",
            "hub.audit.",
            "hub.billing.",
            "hub.console.",
            "hub.datasource.",
            "hub.engine.",
            "hub.identity.",
            "hub.key.",
            "hub.keycloak.",
            "hub.log.",
            "hub.mail.",
            "hub.metrics.",
            "hub.node.",
            "hub.placement.",
            "hub.rate-limit.",
            "hub.signup.",
            "hub.test.",
            "hub.usage.",
            "hub.worker.");

    private static final Set<String> ROOTS =
            KEYS.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toUnmodifiableSet());

    private static final List<Pattern> PATTERNS =
            KEYS.stream().map(GuideKeys::pattern).toList();

    private GuideKeys() {}

    /** The sentence that names the key, or empty where the key is known or none of the guide's. */
    static Optional<String> complaint(String key) {
        int dot = key.indexOf('.');
        String root = dot < 0 ? key : key.substring(0, dot);
        int bracket = root.indexOf('[');
        if (!ROOTS.contains(bracket < 0 ? root : root.substring(0, bracket))) {
            return Optional.empty();
        }
        for (String branch : OUR_BRANCHES) {
            if (key.startsWith(branch)) {
                return Optional.empty();
            }
        }
        for (Pattern pattern : PATTERNS) {
            if (pattern.matcher(key).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of("unknown key '" + key + "'" + nearest(key));
    }

    private static String nearest(String key) {
        String best = "";
        int bestDistance = 4;
        for (String known : KEYS) {
            int distance = distance(key, known);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = known;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static Pattern pattern(String key) {
        String[] parts = key.split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                regex.append(parts[i - 1].endsWith("[") ? "\\d+" : "(\"[^\"]+\"|[^.]+)");
            }
            regex.append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
