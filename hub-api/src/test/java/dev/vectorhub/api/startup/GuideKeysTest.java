package dev.vectorhub.api.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuideKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "performance.threads",
                "memory.max_heap_mb",
                "storage.compression_level",
                "quantization.type",
                "replication.sync_interval_ms",
                "cluster.shards[0].address",
                "cluster.shards[12].weight",
                "cluster.sharding.replication_factor",
                "hub.enabled",
                "hub.tenant_limits.default.max_collections",
                "hub.tenant_limits.\"big.co\".max_requests_per_minute",
                "hub.tenant_isolation",
                "index.hnsw.ef_construction",
                "server.thread_pool.queue_size",
                "cache.query_cache.ttl_seconds",
                "hub.key.pepper",
                "hub.datasource.url",
                "quarkus.http.port",
                "serverless.mode",
                "java.version"
            })
    void knownAndForeignKeysPass(String key) {
        assertEquals(Optional.empty(), GuideKeys.complaint(key));
    }

    @Test
    void aMisspeltKeyIsNamedWithTheLikelyOne() {
        assertEquals(
                Optional.of("unknown key 'hub.tenant_isolaton'; did you mean 'hub.tenant_isolation'?"),
                GuideKeys.complaint("hub.tenant_isolaton"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub.tenant_limits.default.max_requests",
                "cluster.shards[0].adress",
                "cluster.shards[x].address",
                "server.max_connection",
                "index.hnsw.ef",
                "hub",
                "cache.l2.size_mb",
                "hub.rate-limit.nodes",
                "hub.api.max-bodysize"
            })
    void anUnknownKeyBelowAKnownRootIsAnError(String key) {
        assertEquals(
                "unknown key '" + key + "'",
                GuideKeys.complaint(key).orElseThrow().split(";", 2)[0]);
    }
}
