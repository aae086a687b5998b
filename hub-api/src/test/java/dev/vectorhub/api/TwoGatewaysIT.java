package dev.vectorhub.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** This application and a second one in a process of its own, from the packaged jar, over one database. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class TwoGatewaysIT {

    /** Every section of the guide, in the guide's form. */
    private static final String GUIDE = """
            performance:
              threads: 1
            memory:
              max_heap_mb: 8192
              cache_size_mb: 2048
              mmap_enabled: true
            storage:
              compression: zstd
              compression_level: 3
            quantization:
              enabled: true
              type: scalar
            replication:
              enabled: false
              role: master
              bind_address: 0.0.0.0:15003
              sync_interval_ms: 100
              max_lag_ms: 5000
            cluster:
              enabled: false
              mode: distributed
              shards:
                - id: 0
                  address: shard0.internal:15002
                  weight: 1
                - id: 1
                  address: shard1.internal:15002
                  weight: 1
              sharding:
                strategy: consistent_hash
                replication_factor: 2
            hub:
              enabled: true
              tenant_isolation: storage
              tenant_limits:
                boutique:
                  max_collections: 7
                  max_vectors_per_collection: 10000000
                  max_storage_bytes: 107374182400  # 100 GB
                  max_requests_per_minute: 4321
            index:
              type: hnsw
              hnsw:
                m: 16
                ef_construction: 200
                ef_search: 100
            server:
              max_connections: 10000
              connection_timeout_ms: 30000
              keep_alive_ms: 60000
              thread_pool:
                core_size: 4
                max_size: 64
                queue_size: 1000
            cache:
              enabled: true
              query_cache:
                size_mb: 512
                ttl_seconds: 300
              vector_cache:
                size_mb: 2048
                eviction: lru
            """;

    private static final int LIMIT = 600;
    private static final int CALM = 50;
    private static final int REFUSALS_IN_A_ROW = 100;
    private static final long HAMMER_NANOS_MAX = 30_000_000_000L;

    @Inject
    Tenants tenants;

    @Inject
    ApiKeyService keys;

    @Inject
    PlanService plans;

    @Inject
    NodeService nodes;

    @Inject
    UsageQueryService usage;

    @Inject
    Config config;

    @Test
    void togetherTheyAdmitTheLimitAndBothHearOfARevocation() throws Exception {
        assumeTrue(Files.exists(HubProcess.JAR), "the application is not packaged");
        plans.put(
                new PlanSpec("shared", "Shared", new Limits(10, 1000, 1 << 20, LIMIT), IsolationMode.NONE),
                Change.by(Tenants.TEST, "test"));
        TenantId tenant = tenants.active("Shared", "shared");
        IssuedKey key = tenants.key(tenant);
        TenantId other = tenants.active("Calm", "default");
        IssuedKey calm = tenants.key(other);
        URI here = URI.create("http://127.0.0.1:" + RestAssured.port);
        long served;
        try (HubProcess second = HubProcess.launch(settings()).ready();
                HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            // Its engine is another one: no tenant of the other tests may be placed there.
            nodes.setState("test-3", NodeState.DRAINING, Change.by(Tenants.TEST, "test"));
            int admitted = 0;
            List<Callable<Integer>> load = List.of(
                    () -> hammer(http, here, key.secret()),
                    () -> hammer(http, here, key.secret()),
                    () -> hammer(http, second.url(), key.secret()),
                    () -> hammer(http, second.url(), key.secret()));
            for (Future<Integer> part : threads.invokeAll(load)) {
                admitted += part.get();
            }
            assertTrue(admitted <= LIMIT * 105 / 100, "admitted " + admitted + " of " + LIMIT);
            assertTrue(admitted >= LIMIT * 80 / 100, "admitted only " + admitted + " of " + LIMIT);

            for (int i = 0; i < CALM; i++) {
                assertEquals(200, status(http, second.url(), calm.secret()));
            }
            keys.revoke(other, calm.key().id(), Tenants.TEST, "test");
            long deadline = System.nanoTime() + 2_000_000_000L;
            int status = 200;
            int extra = 0;
            while (status == 200 && System.nanoTime() < deadline) {
                status = status(http, second.url(), calm.secret());
                extra += status == 200 ? 1 : 0;
            }
            assertEquals(401, status, "the other process hears of a revocation within two seconds");
            served = (long) CALM + extra;
        }
        // It was told to stop a moment after it had answered: what it had counted must be in the ledger.
        Instant now = Instant.now();
        long billed = usage
                .usage(other.value(), now.minus(Duration.ofHours(2)), now.plus(Duration.ofHours(1)), Granularity.TOTAL)
                .stream()
                .filter(line -> line.meter() == BillableMeter.REQUESTS_READ)
                .mapToLong(UsageLine::quantity)
                .sum();
        assertEquals(served, billed);
    }

    @Test
    void aMisspeltKeyStopsTheStartAndIsNamed() throws Exception {
        assumeTrue(Files.exists(HubProcess.JAR), "the application is not packaged");
        Map<String, String> settings = settings();
        settings.put("hub.tenant_limits.default.max_requests_per_minut", "10");
        try (HubProcess hub = HubProcess.launch(settings)) {
            assertNotEquals(0, hub.exit());
            assertTrue(hub.log().contains("hub.tenant_limits.default.max_requests_per_minut"), hub.log());
        }
    }

    @Test
    void theGuidesConfigurationWorksAsItStands() throws Exception {
        assumeTrue(Files.exists(HubProcess.JAR), "the application is not packaged");
        Path file = Files.createTempFile(Path.of("target"), "config", ".yml");
        Files.writeString(file, GUIDE);
        Map<String, String> settings = settings();
        settings.put("quarkus.config.locations", file.toUri().toString());
        settings.put("hub.engine.node-id", "test-4");
        try (HubProcess hub = HubProcess.launch(settings).ready()) {
            nodes.setState("test-4", NodeState.DRAINING, Change.by(Tenants.TEST, "test"));
            assertEquals(4321, plans.get("boutique").limits().maxRequestsPerMinute());
            assertEquals(IsolationMode.STORAGE, plans.get("boutique").isolation());
            assertTrue(!hub.log().contains("ERROR"), hub.log());
        }
    }

    /** Requests admitted until the limit is clearly reached; refused ones say so with 429. */
    private static int hammer(HttpClient http, URI gateway, String key) throws Exception {
        int admitted = 0;
        int refusals = 0;
        long end = System.nanoTime() + HAMMER_NANOS_MAX;
        while (refusals < REFUSALS_IN_A_ROW && System.nanoTime() < end) {
            int status = status(http, gateway, key);
            if (status == 200) {
                admitted++;
                refusals = 0;
            } else {
                assertEquals(429, status);
                refusals++;
            }
        }
        return admitted;
    }

    private static int status(HttpClient http, URI gateway, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/bench/pipeline"))
                .header("api-key", key)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of(
                "hub.datasource.url",
                "hub.datasource.username",
                "hub.datasource.password",
                "hub.datasource.owner-username",
                "hub.datasource.owner-password",
                "hub.identity.url",
                "hub.identity.client-secret",
                "hub.key.pepper",
                "hub.key.env",
                "hub.api.bench-enabled")) {
            settings.put(name, config.getValue(name, String.class));
        }
        settings.put("hub.engine.node-id", "test-3");
        settings.put("storage.data_dir", HubServers.folder().toString());
        return settings;
    }
}
