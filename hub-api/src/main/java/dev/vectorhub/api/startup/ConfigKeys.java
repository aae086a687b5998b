package dev.vectorhub.api.startup;

import static dev.vectorhub.api.startup.ConfigKey.accepted;
import static dev.vectorhub.api.startup.ConfigKey.read;

import java.util.List;

/** Every key below the guide's roots: the guide's as the guide spells them, then ours. {@code docs/CONFIG.md} shows it. */
final class ConfigKeys {

    static final List<ConfigKey> GUIDE = List.of(
            read("performance.threads", "0", "threads", "Threads of the engine; 0 takes one for each core"),
            accepted("memory.max_heap_mb", "MiB", "The JVM's heap is set by its own flag, -Xmx"),
            read(
                    "memory.cache_size_mb",
                    "2048",
                    "MiB",
                    "Stored data that is kept open, mapped; beyond it the least recently used is closed"),
            accepted("memory.mmap_enabled", "true, false", "Segments are always memory-mapped"),
            read(
                    "storage.data_dir",
                    "data",
                    "path",
                    "The folder of everything that the engine and the usage spool keep"),
            read("storage.compression", "lz4", "none, lz4, zstd", "How payload is compressed in segments"),
            read("storage.compression_level", "3", "1 to 22", "zstd's level"),
            read("quantization.enabled", "true", "true, false", "Whether graphs carry short codes of their vectors"),
            read(
                    "quantization.type",
                    "scalar",
                    "scalar, product, binary",
                    "Which codes, where a collection names none"),
            accepted("replication.enabled", "true, false", "One copy of the data; replicas are to come"),
            accepted("replication.role", "master, replica", "See replication.enabled"),
            accepted("replication.bind_address", "host:port", "See replication.enabled"),
            accepted("replication.master_address", "host:port", "See replication.enabled"),
            accepted("replication.sync_interval_ms", "ms", "See replication.enabled"),
            accepted("replication.max_lag_ms", "ms", "See replication.enabled"),
            accepted("cluster.enabled", "true, false", "The engine runs inside the API; engine processes are to come"),
            accepted("cluster.mode", "text", "See cluster.enabled"),
            accepted("cluster.shards[*].id", "text", "See cluster.enabled"),
            accepted("cluster.shards[*].address", "host:port", "See cluster.enabled"),
            accepted("cluster.shards[*].weight", "number", "See cluster.enabled"),
            accepted("cluster.sharding.strategy", "consistent_hash, range", "See cluster.enabled"),
            accepted("cluster.sharding.replication_factor", "copies", "See cluster.enabled"),
            accepted("cluster.shard_id", "text", "See cluster.enabled"),
            accepted("cluster.router_address", "host:port", "See cluster.enabled"),
            accepted("index.type", "hnsw", "HNSW is the only graph; small collections are scanned"),
            read("index.hnsw.m", "16", "edges", "Edges of a vertex, where a collection names none"),
            read(
                    "index.hnsw.ef_construction",
                    "200",
                    "candidates",
                    "Breadth of building, where a collection names none"),
            read("index.hnsw.ef_search", "100", "candidates", "Breadth of a search, where the request names none"),
            read("server.max_connections", "10000", "connections", "HTTP connections at once, and as many of gRPC"),
            read("server.connection_timeout_ms", "30000", "ms", "How long a connection may take to send a request"),
            read("server.keep_alive_ms", "60000", "ms", "How long an idle connection is kept"),
            read("server.thread_pool.core_size", "4", "threads", "Worker threads that are kept"),
            read("server.thread_pool.max_size", "64", "threads", "Worker threads at most"),
            read("server.thread_pool.queue_size", "1000", "requests", "Requests that wait for a worker at most"),
            read("cache.enabled", "false", "true, false", "Whether the two below count"),
            read(
                    "cache.query_cache.size_mb",
                    "512",
                    "MiB",
                    "Answers of searches that are kept for repetitions; a write to the collection ends them"),
            read("cache.query_cache.ttl_seconds", "300", "s", "After which a kept answer is computed anew"),
            read(
                    "cache.vector_cache.size_mb",
                    "memory.cache_size_mb",
                    "MiB",
                    "Bounds memory.cache_size_mb: vectors are read from mapped files (DD051)"),
            read("cache.vector_cache.eviction", "lru", "lru", "The least recently used is closed first"),
            accepted("hub.enabled", "true, false", "This is the hub"),
            read("hub.tenant_isolation", "NONE", "none, collection, storage", "Isolation of the seeded plans"),
            read("hub.tenant_limits.*.max_collections", "100", "collections", "A plan's collections of one tenant"),
            read(
                    "hub.tenant_limits.*.max_vectors_per_collection",
                    "10000000",
                    "points",
                    "A plan's points of one collection"),
            read("hub.tenant_limits.*.max_storage_bytes", "107374182400", "bytes", "A plan's storage of one tenant"),
            read(
                    "hub.tenant_limits.*.max_requests_per_minute",
                    "1000",
                    "requests/min",
                    "A plan's requests of one tenant"),
            read(
                    "hub.tenant_limits.*.max_inference_tokens_per_minute",
                    "200000",
                    "tokens/min",
                    "A plan's texts of one tenant that are embedded"));

    static final List<ConfigKey> OURS = List.of(
            read(
                    "index.hnsw.preset",
                    "balanced",
                    "fast_search, balanced, high_recall, maximum_recall",
                    "The guide's settings by name; the three keys of index.hnsw replace its values"),
            read("hub.api.url", "http://127.0.0.1:<port>", "URL", "The API's public address, as clients reach it"),
            read("hub.api.node-id", "hub.engine.node-id", "name", "Names this process in usage; unique and stable"),
            read("hub.api.max-body-size", "32M", "bytes, with K or M", "The largest request body, and gRPC message"),
            read("hub.api.grpc-host", "the HTTP host", "address", "Where gRPC listens"),
            read("hub.api.grpc-port", "6334", "port", "Where gRPC listens; 0 takes a free port"),
            read("hub.api.max-limit", "10000", "points", "The largest `limit` of a request"),
            read("hub.api.max-offset", "100000", "points", "The largest `offset` of a request"),
            read("hub.api.max-batch", "1000", "entries", "The most entries of a batch"),
            read("hub.api.max-answer-bytes", "268435456", "bytes", "The largest answer"),
            read(
                    "hub.api.bench-enabled",
                    "false",
                    "true, false",
                    "Serves the routes that `./hub bench gateway` measures"),
            read(
                    "hub.backup.dir",
                    "<storage.data_dir>/backups",
                    "path",
                    "Where backups of tenants lie; another volume than the data's, shared by all API processes"),
            read("hub.backup.max-per-tenant", "7", "backups", "Backups of one tenant that are kept at most"),
            read("hub.billing.provider-name", "Vectorizer Hub", "text", "Who provides and invoices, in FOCUS exports"),
            read(
                    "hub.billing.account-id",
                    "vectorizer-hub",
                    "text",
                    "The billing account above the tenants, in FOCUS exports"),
            read("hub.console.url", "http://127.0.0.1:8080", "URL", "The console's public address"),
            read(
                    "hub.console.client-secret",
                    "",
                    "secret",
                    "Secret of the client `hub-console` at Keycloak; the console only"),
            read("hub.datasource.url", "jdbc:postgresql://127.0.0.1:5432/hub", "JDBC URL", "The hub's database"),
            read("hub.datasource.username", "hub_app", "text", "The role that the applications log in as; no owner"),
            read("hub.datasource.password", "", "secret", "Its password"),
            read("hub.datasource.owner-username", "hub_owner", "text", "The role that migrates; the API only"),
            read("hub.datasource.owner-password", "", "secret", "Its password"),
            read(
                    "hub.datasource.max-connections",
                    "20",
                    "connections",
                    "The API's connections to the database at most"),
            read("hub.engine.mode", "embedded", "embedded, cluster", "Where the engine runs; cluster is to come"),
            read("hub.engine.node-id", "node-1", "name", "The embedded engine's name in the registry of nodes"),
            read(
                    "hub.engine.backlog-points",
                    "2000000",
                    "points",
                    "Points that may wait for a graph; beyond it writes of whoever has most of them are answered 503"),
            read("hub.engine.capacity-points", "50000000", "points", "What placement counts on at most"),
            read("hub.engine.capacity-bytes", "0", "bytes", "What placement counts on at most; 0 takes the volume's"),
            read("hub.identity.url", "http://127.0.0.1:8180", "URL", "Keycloak"),
            read("hub.identity.realm", "vectorhub", "text", "Its realm"),
            read("hub.identity.client-secret", "", "secret", "Secret of the client `hub-api`; must be set"),
            read(
                    "hub.inference.threads",
                    "half of the cores",
                    "threads",
                    "What embeds texts: each takes one core at most"),
            read("hub.inference.max-texts", "1000", "texts", "The most texts to embed in one request"),
            read("hub.inference.max-waiting", "32", "requests", "Requests that wait for their texts' vectors at once"),
            read("hub.inference.max-waiting-per-tenant", "4", "requests", "The same of one tenant"),
            read("hub.inference.timeout-seconds", "60", "s", "How long texts of a request may take"),
            read(
                    "hub.key.pepper",
                    "",
                    "base64, 32 bytes or more",
                    "Signs API keys; must be set, the same in each process"),
            read("hub.key.env", "live", "1 to 16 of a-z 0-9", "The part of new keys that names the installation"),
            read("hub.log.json", "false", "true, false", "Logs as JSON"),
            read(
                    "hub.rate-limit.node-requests-per-minute",
                    "0",
                    "requests/min",
                    "Ceiling of one API process; 0 for none"),
            read(
                    "hub.rate-limit.user-requests-per-minute",
                    "600",
                    "requests/min",
                    "What one user may ask of `/v1` at one process"),
            read("hub.signup.default-plan", "default", "plan", "The plan of who names none"),
            read("hub.signup.plans", "", "plans, comma-separated", "What anybody may choose; empty means all"),
            read("hub.signup.per-address-per-hour", "20", "signups", "Of one network address, over all processes"),
            read("hub.signup.per-email-per-day", "5", "signups", "For one e-mail address, over all processes"),
            read(
                    "hub.snapshot.dir",
                    "<storage.data_dir>/snapshots",
                    "path",
                    "Where tenants' snapshots of collections lie; they count as the tenants' storage"),
            read("hub.snapshot.max-per-collection", "10", "snapshots", "Snapshots that a collection may have"),
            read("hub.worker.enabled", "true", "true, false", "Whether this process runs the background workers"));

    private ConfigKeys() {}
}
