package dev.vectorhub.api.pipeline;

import java.util.Map;

/** A body that is right for each operation of the tenant API that takes one, over the points 1 and 2 of 4 dimensions. */
final class SampleBodies {

    private static final String QUERY = "{\"query\":[1,0,0,0],\"limit\":5,\"with_payload\":true,\"with_vector\":true}";
    private static final String SEARCH = "{\"vector\":[1,0,0,0],\"limit\":5,\"with_payload\":true}";
    private static final String RECOMMEND = "{\"positive\":[1],\"limit\":5,\"with_payload\":true}";
    private static final String DISCOVER =
            "{\"target\":1,\"context\":[{\"positive\":1,\"negative\":2}],\"limit\":5,\"with_payload\":true}";
    private static final String GROUPS = ",\"group_by\":\"kind\",\"group_size\":2}";
    private static final String SET = "{\"payload\":{\"seen\":true},\"points\":[1,2]}";

    static final String CREATE = "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}";

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("PUT /collections/{collection_name}", CREATE),
            Map.entry("PATCH /collections/{collection_name}", "{\"hnsw_config\":{\"m\":24}}"),
            Map.entry(
                    "PUT /collections/{collection_name}/vectors/{vector_name}",
                    "{\"dense\":{\"size\":4,\"distance\":\"Dot\"}}"),
            Map.entry(
                    "PUT /collections/{collection_name}/index",
                    "{\"field_name\":\"kind\",\"field_schema\":\"keyword\"}"),
            Map.entry("POST /collections/{collection_name}/points", "{\"ids\":[1,2],\"with_payload\":true}"),
            Map.entry(
                    "PUT /collections/{collection_name}/points",
                    "{\"points\":[{\"id\":2,\"vector\":[0,1,0,0],\"payload\":{\"kind\":\"b\"}}]}"),
            Map.entry("POST /collections/{collection_name}/points/delete", "{\"points\":[1,2]}"),
            Map.entry(
                    "POST /collections/{collection_name}/points/scroll",
                    "{\"with_payload\":true,\"with_vector\":true}"),
            Map.entry("POST /collections/{collection_name}/points/count", "{\"exact\":true}"),
            Map.entry("POST /collections/{collection_name}/points/search", SEARCH),
            Map.entry("POST /collections/{collection_name}/points/search/batch", "{\"searches\":[" + SEARCH + "]}"),
            Map.entry("POST /collections/{collection_name}/points/query", QUERY),
            Map.entry("POST /collections/{collection_name}/points/query/batch", "{\"searches\":[" + QUERY + "]}"),
            Map.entry("POST /collections/{collection_name}/facet", "{\"key\":\"kind\"}"),
            Map.entry(
                    "POST /collections/aliases",
                    "{\"actions\":[{\"create_alias\":{\"collection_name\":\"ledger\",\"alias_name\":\"books\"}}]}"),
            Map.entry("POST /cluster/recover", "{}"),
            Map.entry("POST /collections/{collection_name}/cluster", "{}"),
            Map.entry("PUT /collections/{collection_name}/shards", "{}"),
            Map.entry("POST /collections/{collection_name}/shards/delete", "{}"),
            Map.entry("POST /snapshots", "{}"),
            Map.entry("PUT /quotas", "{}"),
            Map.entry("POST /collections/{collection_name}/points/search/matrix/pairs", "{\"sample\":10}"),
            Map.entry(
                    "POST /collections/{collection_name}/points/search/matrix/offsets", "{\"sample\":10,\"limit\":2}"),
            Map.entry("POST /collections/{collection_name}/snapshots", ""),
            Map.entry("POST /collections/{collection_name}/snapshots/upload", ""),
            Map.entry("POST /collections/{collection_name}/shards/{shard_id}/snapshots", ""),
            Map.entry("POST /collections/{collection_name}/shards/{shard_id}/snapshots/upload", ""),
            Map.entry("PUT /collections/{collection_name}/shards/{shard_id}/snapshots/recover", "{}"),
            Map.entry("PUT /collections/{collection_name}/snapshots/recover", "{\"location\":\"{snapshot_name}\"}"),
            Map.entry("POST /collections/{collection_name}/points/search/groups", grouped(SEARCH)),
            Map.entry("POST /collections/{collection_name}/points/query/groups", grouped(QUERY)),
            Map.entry("POST /collections/{collection_name}/points/recommend", RECOMMEND),
            Map.entry(
                    "POST /collections/{collection_name}/points/recommend/batch", "{\"searches\":[" + RECOMMEND + "]}"),
            Map.entry("POST /collections/{collection_name}/points/recommend/groups", grouped(RECOMMEND)),
            Map.entry("POST /collections/{collection_name}/points/discover", DISCOVER),
            Map.entry("POST /collections/{collection_name}/points/discover/batch", "{\"searches\":[" + DISCOVER + "]}"),
            Map.entry(
                    "PUT /collections/{collection_name}/points/vectors",
                    "{\"points\":[{\"id\":1,\"vector\":[0,0,1,0]}]}"),
            Map.entry(
                    "POST /collections/{collection_name}/points/vectors/delete", "{\"points\":[1],\"vector\":[\"\"]}"),
            Map.entry(
                    "POST /collections/{collection_name}/points/batch",
                    "{\"operations\":[{\"set_payload\":" + SET + "},{\"delete\":{\"points\":[2]}}]}"),
            Map.entry("POST /collections/{collection_name}/points/payload", SET),
            Map.entry("PUT /collections/{collection_name}/points/payload", SET),
            Map.entry(
                    "POST /collections/{collection_name}/points/payload/delete",
                    "{\"keys\":[\"kind\"],\"points\":[1]}"),
            Map.entry("POST /collections/{collection_name}/points/payload/clear", "{\"points\":[1]}"));

    private SampleBodies() {}

    private static String grouped(String body) {
        return body.substring(0, body.length() - 1) + GROUPS;
    }

    static Map<String, String> all() {
        return BODIES;
    }

    /** Null where the operation takes no body. */
    static String of(String operation) {
        String body = BODIES.get(operation);
        if (body == null && !operation.startsWith("GET ") && !operation.startsWith("DELETE ")) {
            throw new AssertionError("no sample body for '" + operation + "': an operation came without one");
        }
        return body == null ? "" : body;
    }
}
