package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each option of {@code strict_mode_config} refuses what it says, and nothing while strict mode is off. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class StrictModeIT {

    private static final String PLAN = "strict-it";

    @Inject
    Tenants tenants;

    private Api api;

    @BeforeEach
    void tenant() {
        api = new Api(
                URI.create("http://127.0.0.1:" + RestAssured.port + "/"),
                tenants.key(tenants.limited(PLAN, new Limits(20, 1_000, 1L << 40, 10_000_000)))
                        .secret());
        api.collection("docs", "{'size':2,'distance':'Dot'}");
    }

    private void strict(String options) {
        api.call("PATCH", "/collections/docs", "{'strict_mode_config':{'enabled':true," + options + "}}")
                .ok();
    }

    private Api.Answer upsert(int points) {
        String list = IntStream.range(0, points)
                .mapToObj(i -> "{'id':" + i + ",'vector':[" + i + ",1],'payload':{'text':'" + "x".repeat(50) + "'}}")
                .collect(Collectors.joining(","));
        return api.call("PUT", "/collections/docs/points?wait=true", "{'points':[" + list + "]}");
    }

    private Api.Answer query(String rest) {
        return api.call("POST", "/collections/docs/points/query", "{'query':[1,1]," + rest + "}");
    }

    private static void limit(String what, int value, int most, Api.Answer answer) {
        assertEquals(403, answer.status(), answer.text());
        assertTrue(
                answer.error()
                        .startsWith("Forbidden: Limit exceeded " + value + " > " + most + " for \"" + what + "\""),
                answer.text());
    }

    @Test
    void timeouts() {
        strict("'max_timeout':5");
        limit("timeout", 6, 5, api.call("POST", "/collections/docs/points/query?timeout=6", "{'query':[1,1]}"));
        limit("timeout", 6, 5, api.call("POST", "/collections/docs/points/scroll?timeout=6", "{}"));
        limit("timeout", 6, 5, api.call("PUT", "/collections/docs/points?timeout=6", """
                {'points':[{'id':1,'vector':[1,1]}]}"""));
        api.call("POST", "/collections/docs/points/query?timeout=5", "{'query':[1,1]}")
                .ok();
        api.call("POST", "/collections/docs/points/query", "{'query':[1,1]}").ok();
    }

    @Test
    void sizesOfConditions() {
        strict("'condition_max_size':3,'filter_max_conditions':2");
        String four = "{'key':'n','match':{'any':[1,2,3,4]}}";
        limit("condition size", 4, 3, query("'filter':{'must':[" + four + "]}"));
        limit("condition size", 4, 3, query("'filter':{'must':[{'should':[" + four + "]}]}"));
        limit("condition size", 4, 3, query("'filter':{'must_not':[{'has_id':[1,2,3,4]}]}"));
        limit("condition size", 4, 3, api.call("POST", "/collections/docs/points/delete", """
                {'filter':{'must':[{'has_id':[1,2,3,4]}]}}"""));
        limit("condition size", 4, 3, api.call("POST", "/collections/docs/points/scroll", """
                {'filter':{'must':[{'key':'n','match':{'except':['a','b','c','d']}}]}}"""));
        limit("filter conditions", 3, 2, query("'filter':{'must':[{'has_id':[1]},{'has_id':[1]},{'has_id':[1]}]}"));
        query("'filter':{'must':[{'has_id':[1,2,3]}]}").ok();
    }

    @Test
    void bytesOfVectorsAndPayload() {
        strict("'max_collection_vector_size_bytes':80,'max_collection_payload_size_bytes':100000");
        upsert(10).ok();
        Api.Answer full = upsert(1);
        assertEquals(400, full.status(), full.text());
        assertTrue(full.error().contains("Max vector storage size limit of 80 bytes"), full.text());
        strict("'max_collection_vector_size_bytes':100000,'max_collection_payload_size_bytes':500");
        full = api.call("POST", "/collections/docs/points/payload", "{'payload':{'a':1},'points':[1]}");
        assertEquals(400, full.status(), full.text());
        assertTrue(full.error().contains("Max payload storage size limit of 500 bytes"), full.text());
        api.call("POST", "/collections/docs/points/delete?wait=true", "{'points':[0,1,2,3,4,5]}")
                .ok();
        upsert(1).ok();
    }

    /** Vectors that are as long as they are: neither limit is reached by what the other counts. */
    @Test
    void bytesOfSparseVectorsAndPayload() {
        api.call("PUT", "/collections/words", "{'sparse_vectors':{'words':{}}}").ok();
        String point = "{'points':[{'id':%d,'vector':{'words':{'indices':[1,2,3],'values':[1,2,3]}},'payload':{'text':'"
                + "x".repeat(100) + "'}}]}";
        String write = "/collections/words/points?wait=true";
        api.call(
                        "PATCH",
                        "/collections/words",
                        "{'strict_mode_config':{'enabled':true,'max_collection_vector_size_bytes':48,"
                                + "'max_collection_payload_size_bytes':200}}")
                .ok();
        api.call("PUT", write, point.formatted(1)).ok();
        api.call("PUT", write, point.formatted(2)).ok();
        Api.Answer full = api.call("PUT", write, point.formatted(3));
        assertEquals(400, full.status(), full.text());
        assertTrue(full.error().contains("Max vector storage size limit of 48 bytes reached: 48 "), full.text());
        api.call(
                        "PATCH",
                        "/collections/words",
                        "{'strict_mode_config':{'enabled':true,'max_collection_vector_size_bytes':49}}")
                .ok();
        full = api.call("PUT", write, point.formatted(3));
        assertEquals(400, full.status(), full.text());
        assertTrue(full.error().contains("Max payload storage size limit of 200 bytes reached: 222 "), full.text());
    }

    @Test
    void ratesOfReadsAndWrites() {
        strict("'read_rate_limit':3,'write_rate_limit':2");
        for (int i = 0; i < 3; i++) {
            query("'limit':1").ok();
        }
        Api.Answer denied = query("'limit':1");
        assertEquals(429, denied.status(), denied.text());
        assertTrue(denied.error().startsWith("The collection's limit of 3 requests a minute"), denied.text());
        assertNotNull(denied.http().headers().firstValue("retry-after").orElse(null));
        upsert(1).ok();
        upsert(1).ok();
        assertEquals(429, upsert(1).status());
        assertEquals(
                429, api.call("POST", "/collections/docs/points/count", "{}").status());
        // Its own collection only.
        api.collection("other", "{'size':2,'distance':'Dot'}");
        api.call("POST", "/collections/other/points/count", "{}").ok();
    }

    @Test
    void numbersOfPayloadIndexes() {
        strict("'max_payload_index_count':1");
        api.call("PUT", "/collections/docs/index?wait=true", "{'field_name':'a','field_schema':'keyword'}")
                .ok();
        api.call("PUT", "/collections/docs/index?wait=true", "{'field_name':'a','field_schema':'keyword'}")
                .ok();
        Api.Answer second =
                api.call("PUT", "/collections/docs/index?wait=true", "{'field_name':'b','field_schema':'keyword'}");
        assertEquals(403, second.status(), second.text());
        assertTrue(second.error().contains("maximum number of payload indices (1)"), second.text());
    }

    @Test
    void numbersOfPointsBelowThePlans() {
        strict("'max_points_count':3,'upsert_max_batchsize':4");
        limit("upsert limit", 5, 4, upsert(5));
        Api.Answer many = upsert(4);
        assertEquals(403, many.status(), many.text());
        upsert(3).ok();
        // The plan's limit holds, whatever the tenant sets.
        strict("'max_points_count':1000000,'upsert_max_batchsize':5000");
        assertEquals(403, upsert(1_001).status());
        upsert(1_000).ok();
    }

    @Test
    void theRestOfTheDocument() {
        strict("'max_resident_memory_percent':1");
        Api.Answer full = upsert(1);
        assertEquals(full.status() == 200 ? 200 : 403, full.status(), full.text());
        strict("'max_resident_memory_percent':100,'search_max_oversampling':2.5,'search_max_hnsw_ef':10,"
                + "'search_allow_exact':false,'max_query_limit':7,'search_max_batchsize':1");
        limit("hnsw_ef", 11, 10, query("'limit':5,'params':{'hnsw_ef':11}"));
        limit("limit", 8, 7, query("'limit':8"));
        assertEquals(403, query("'limit':5,'params':{'exact':true}").status());
        assertEquals(
                403,
                query("'limit':5,'params':{'quantization':{'oversampling':2.6}}")
                        .status());
        assertEquals(
                403,
                api.call("POST", "/collections/docs/points/query/batch", """
                        {'searches':[{'query':[1,1]},{'query':[1,1]}]}""").status());
        strict("'multivector_config':{'m':{'max_vectors':3}},'sparse_config':{'s':{'max_length':5}}");
        String shown = api.call("GET", "/collections/docs")
                .ok()
                .at("/config/strict_mode_config")
                .toString();
        for (String part : Arrays.asList(
                "\"multivector_config\":{\"m\":{\"max_vectors\":3}}", "\"sparse_config\":{\"s\":{\"max_length\":5}}")) {
            assertTrue(shown.contains(part), shown);
        }
        for (String wrong : Arrays.asList(
                "'max_timeout':0",
                "'read_rate_limit':0",
                "'multivector_config':{'m':{'max_vectors':0}}",
                "'max_resident_memory_percent':101",
                "'condition_max_size':-1",
                "'sparse_config':[]")) {
            int status = api.call("PATCH", "/collections/docs", "{'strict_mode_config':{" + wrong + "}}")
                    .status();
            assertTrue(status == 400 || status == 422, wrong + " " + status);
        }
    }

    @Test
    void nothingWhileItIsOff() {
        api.call("PATCH", "/collections/docs", """
                {'strict_mode_config':{'enabled':false,'max_timeout':1,'upsert_max_batchsize':1,'read_rate_limit':1}}""").ok();
        upsert(5).ok();
        api.call("POST", "/collections/docs/points/query?timeout=10", "{'query':[1,1]}")
                .ok();
        query("'limit':3").ok();
    }
}
