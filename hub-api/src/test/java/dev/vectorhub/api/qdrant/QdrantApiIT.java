package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation of the tenant API against the real services, database and engine. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class QdrantApiIT {

    private static final String PLAN = "qdrant-it";
    private static final String DOT = "{'size':4,'distance':'Dot'}";

    @Inject
    Tenants tenants;

    private static @Nullable Api shared;

    private Api api;

    @BeforeEach
    void tenant() {
        Api tenant = shared;
        if (tenant == null) {
            tenant = tenantWith(new Limits(100, 1_000_000, 1L << 40, 10_000_000), PLAN);
            shared = tenant;
        }
        api = tenant;
    }

    private static URI root() {
        return URI.create("http://127.0.0.1:" + RestAssured.port + "/");
    }

    private Api tenantWith(Limits limits, String plan) {
        return new Api(root(), tenants.key(tenants.limited(plan, limits)).secret());
    }

    // ---- who may call -----------------------------------------------------------------------------------------

    @Test
    void tellsItsVersionToAnybody() {
        Api nobody = new Api(root(), null);
        assertEquals("1.19.0", nobody.call("GET", "/").body().get("version").asText());
        assertEquals(200, nobody.call("GET", "/healthz").status());
        assertEquals(200, nobody.call("GET", "/livez").status());
        assertEquals(401, nobody.call("GET", "/collections").status());
        assertEquals(
                "Must provide an API key or an Authorization bearer token",
                nobody.call("GET", "/collections").text());
        assertEquals(
                401, new Api(root(), "vhk_test_x").call("GET", "/collections").status());
    }

    @Test
    void aCollectionAndAPointMayHaveNoVectors() {
        api.call("DELETE", "/collections/plain").ok();
        api.call("PUT", "/collections/plain", "{}").ok();
        api.call("PUT", "/collections/plain/points?wait=true", """
                {'points':[{'id':1,'vector':{},'payload':{'a':1}},{'id':2,'vector':{},'payload':{'a':2}}]}""").ok();
        api.call("POST", "/collections/plain/points/query", "{'query':[1,2]}")
                .refused(400, "Wrong input: Not existing vector name error:  (query)");
        api.call("PUT", "/collections/plain/vectors/late", "{'dense':{'size':2,'distance':'Dot'}}")
                .ok();
        api.call(
                        "PUT",
                        "/collections/plain/points/vectors?wait=true",
                        "{'points':[{'id':1,'vector':{'late':[1,2]}},{'id':2,'vector':{}}]}")
                .ok();
        JsonNode points = api.call("POST", "/collections/plain/points/scroll", "{'with_vector':true}")
                .ok()
                .get("points");
        assertEquals("{\"late\":[1.0,2.0]}", points.at("/0/vector").toString());
        assertEquals("{}", points.at("/1/vector").toString());
        api.call("POST", "/collections/plain/points/scroll", "{'with_vector':['late','none']}")
                .refused(400, "Wrong input: Not existing vector name error: none (with_vector[1])");
        assertEquals(
                1,
                api.call("POST", "/collections/plain/points/query", "{'query':[1,1],'using':'late'}")
                        .ok()
                        .get("points")
                        .size());
    }

    /** Also where nobody waits for the write. */
    @Test
    void malformedPathsAreRefusedAtOnce() {
        api.collection("paths", DOT);
        for (String wait : List.of("?wait=false", "?wait=true")) {
            String points = "/collections/paths/points";
            String refusal = "Wrong input: key: malformed path 'x[.y'";
            api.call("POST", points + "/payload" + wait, "{'payload':{'a':1},'points':[1],'key':'x[.y'}")
                    .refused(400, refusal);
            api.call("POST", points + "/payload/delete" + wait, "{'keys':['a','x[.y'],'points':[1]}")
                    .refused(400, refusal);
            api.call("POST", points + "/delete" + wait, """
                            {'filter':{'must':[{'key':'x[.y','match':{'value':1}}]}}""").refused(400, refusal);
            api.call("PUT", "/collections/paths/index" + wait, "{'field_name':'x[.y','field_schema':'keyword'}")
                    .refused(400, refusal);
        }
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        Api other = tenantWith(new Limits(100, 1_000_000, 1L << 40, 10_000_000), PLAN);
        api.collection("mine", DOT);
        api.call("PUT", "/collections/mine/points?wait=true", "{'points':[{'id':1,'vector':[1,2,3,4]}]}")
                .ok();
        other.call("GET", "/collections/mine").refused(404, "Not found: Collection `mine` doesn't exist!");
        assertEquals(
                "[]", other.call("GET", "/collections").ok().get("collections").toString());
        assertFalse(
                other.call("GET", "/collections/mine/exists").ok().get("exists").asBoolean());
        other.collection("mine", DOT);
        assertEquals(
                0,
                other.call("POST", "/collections/mine/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
        other.call("DELETE", "/collections/mine").ok();
        assertEquals(
                1,
                api.call("POST", "/collections/mine/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
    }

    @Test
    void keysReachWhatTheyAreFor() {
        TenantId tenant = tenants.active("scoped", PLAN);
        Api all = new Api(root(), tenants.key(tenant).secret());
        all.collection("logs-1", DOT);
        all.collection("docs", DOT);
        Api reader = new Api(
                root(),
                tenants.key(tenant, Set.of(KeyScope.READ), List.of("logs-*"), null)
                        .secret());
        assertEquals(
                1, reader.call("GET", "/collections").ok().get("collections").size());
        reader.call("POST", "/collections/logs-1/points/count", "{}").ok();
        assertEquals(403, reader.call("DELETE", "/collections/logs-1").status());
        assertTrue(Set.of(403, 404)
                .contains(reader.call("GET", "/collections/docs").status()));
    }

    // ---- collections ------------------------------------------------------------------------------------------

    @Test
    void collectionsLiveAndEnd() {
        api.call("DELETE", "/collections/life");
        api.call("GET", "/collections/life").refused(404, "Not found: Collection `life` doesn't exist!");
        assertFalse(
                api.call("GET", "/collections/life/exists").ok().get("exists").asBoolean());
        assertTrue(api.call(
                        "PUT",
                        "/collections/life?timeout=10",
                        "{'vectors':{'size':4,'distance':'Cosine','on_disk':true},'hnsw_config':{'m':8},"
                                + "'shard_number':1,'optimizers_config':{'indexing_threshold':100},"
                                + "'quantization_config':{'scalar':{'type':'int8'}},'metadata':{'owner':'me'}}")
                .ok()
                .asBoolean());
        api.call("PUT", "/collections/life", "{'vectors':" + DOT + "}")
                .refused(409, "Wrong input: Collection `life` already exists!");
        assertTrue(
                api.call("GET", "/collections/life/exists").ok().get("exists").asBoolean());
        assertTrue(api.call("GET", "/collections")
                .ok()
                .get("collections")
                .toString()
                .contains("{\"name\":\"life\"}"));

        JsonNode info = api.call("GET", "/collections/life").ok();
        assertEquals("green", info.get("status").asText());
        assertEquals("ok", info.get("optimizer_status").asText());
        assertEquals(0, info.get("points_count").asInt());
        assertEquals(4, info.at("/config/params/vectors/size").asInt());
        assertEquals("Cosine", info.at("/config/params/vectors/distance").asText());
        assertTrue(info.at("/config/params/vectors/on_disk").asBoolean());
        assertEquals(8, info.at("/config/hnsw_config/m").asInt());
        assertEquals(200, info.at("/config/hnsw_config/ef_construct").asInt());
        assertEquals(100, info.at("/config/optimizer_config/indexing_threshold").asInt());
        assertEquals("int8", info.at("/config/quantization_config/scalar/type").asText());
        assertEquals("me", info.at("/config/metadata/owner").asText());
        assertEquals("{}", info.get("payload_schema").toString());

        assertTrue(api.call("PATCH", "/collections/life", "{'hnsw_config':{'ef_construct':77}}")
                .ok()
                .asBoolean());
        info = api.call("GET", "/collections/life").ok();
        assertEquals(8, info.at("/config/hnsw_config/m").asInt());
        assertEquals(77, info.at("/config/hnsw_config/ef_construct").asInt());

        assertTrue(api.call("DELETE", "/collections/life").ok().asBoolean());
        assertFalse(api.call("DELETE", "/collections/life").ok().asBoolean());
        api.call("PATCH", "/collections/life", "{}").refused(404, "Not found: Collection `life` doesn't exist!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%3Cb", "a%7Cb", "a%3Fb", "a%22b"})
    void collectionsHaveProperNames(String name) {
        Api.Answer answer = api.call("PUT", "/collections/" + name, "{'vectors':" + DOT + "}");
        assertEquals(422, answer.status(), answer.text());
        assertTrue(answer.error().startsWith("Validation error in path parameters: [collection_name: "), answer.text());
    }

    // ---- points -----------------------------------------------------------------------------------------------

    @Test
    void pointsAreWrittenAndRead() {
        api.collection("points", DOT);
        JsonNode written = api.call(
                        "PUT",
                        "/collections/points/points?wait=true&ordering=strong&timeout=30",
                        "{'points':[{'id':1,'vector':[0.5,1,2,3],'payload':{'a':{'b':[1,'ü',null]}}},"
                                + "{'id':'936DA01F9ABD4D9D80C702AF85C822A8','vector':[4,5,6,7]}]}")
                .ok();
        assertEquals("completed", written.get("status").asText());
        assertTrue(written.get("operation_id").isIntegralNumber());
        api.call(
                        "PUT",
                        "/collections/points/points?wait=true",
                        "{'batch':{'ids':[2,18446744073709551615],'vectors':[[1,1,1,1],[2,2,2,2]],"
                                + "'payloads':[null,{'k':'v'}]}}")
                .ok();

        JsonNode one = api.call("GET", "/collections/points/points/1").ok();
        assertEquals("{\"a\":{\"b\":[1,\"ü\",null]}}", one.get("payload").toString());
        assertEquals("[0.5,1.0,2.0,3.0]", one.get("vector").toString());
        assertEquals(
                "\"936da01f-9abd-4d9d-80c7-02af85c822a8\"",
                api.call("GET", "/collections/points/points/936da01f-9abd-4d9d-80c7-02af85c822a8")
                        .ok()
                        .get("id")
                        .toString());
        api.call("GET", "/collections/points/points/33").refused(404, "Not found: Point with id 33 does not exists!");
        api.call("GET", "/collections/points/points/x")
                .refused(400, "Wrong input: Can not recognize \"x\" as point id");

        JsonNode many = api.call(
                        "POST",
                        "/collections/points/points?consistency=majority",
                        "{'ids':[18446744073709551615,33,1],'with_payload':['k'],'with_vector':true}")
                .ok();
        assertEquals(2, many.size());
        assertEquals("18446744073709551615", many.at("/0/id").asText());
        assertEquals("{\"k\":\"v\"}", many.at("/0/payload").toString());
        assertEquals("{}", many.at("/1/payload").toString());
        assertEquals("[0.5,1.0,2.0,3.0]", many.at("/1/vector").toString());

        // A point that is there is replaced, payload included.
        api.call("PUT", "/collections/points/points?wait=true", "{'points':[{'id':1,'vector':[9,9,9,9]}]}")
                .ok();
        assertEquals(
                "{}",
                api.call("GET", "/collections/points/points/1")
                        .ok()
                        .get("payload")
                        .toString());

        api.call("POST", "/collections/points/points/delete?wait=true", "{'points':[2,44]}")
                .ok();
        assertEquals(
                3,
                api.call("POST", "/collections/points/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
        api.call(
                        "POST",
                        "/collections/points/points/delete?wait=true",
                        "{'filter':{'must':[{'key':'k','match':{'value':'v'}}]}}")
                .ok();
        assertEquals(
                2,
                api.call("POST", "/collections/points/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
    }

    @Test
    void aWriteThatIsNotWaitedForIsAcknowledgedAndArrives() throws InterruptedException {
        api.collection("async", DOT);
        JsonNode written = api.call("PUT", "/collections/async/points", "{'points':[{'id':1,'vector':[1,2,3,4]}]}")
                .ok();
        assertEquals("acknowledged", written.get("status").asText());
        // The log orders writes: once a later one is there, so is the earlier.
        api.call("PUT", "/collections/async/points?wait=true", "{'points':[{'id':2,'vector':[1,2,3,4]}]}")
                .ok();
        assertEquals(
                2,
                api.call("POST", "/collections/async/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
    }

    @Test
    void payloadsChange() {
        api.collection("payloads", DOT);
        api.call(
                        "PUT",
                        "/collections/payloads/points?wait=true",
                        "{'points':[{'id':1,'vector':[1,2,3,4],'payload':{'a':1,'b':{'c':2}}},{'id':2,'vector':[1,2,3,4]}]}")
                .ok();
        api.call("POST", "/collections/payloads/points/payload?wait=true", "{'payload':{'x':'y'},'points':[1,2]}")
                .ok();
        assertPayload("{'a':1,'b':{'c':2},'x':'y'}", 1);
        assertPayload("{'x':'y'}", 2);
        api.call("POST", "/collections/payloads/points/payload?wait=true", "{'payload':{'d':3},'key':'b','points':[1]}")
                .ok();
        assertPayload("{'a':1,'b':{'c':2,'d':3},'x':'y'}", 1);
        api.call(
                        "POST",
                        "/collections/payloads/points/payload/delete?wait=true",
                        "{'keys':['x','b.c'],'filter':{'must':{'has_id':[1]}}}")
                .ok();
        assertPayload("{'a':1,'b':{'d':3}}", 1);
        api.call("PUT", "/collections/payloads/points/payload?wait=true", "{'payload':{'z':[]},'key':'b','points':[1]}")
                .ok();
        assertPayload("{'z':[]}", 1);
        api.call("POST", "/collections/payloads/points/payload/clear?wait=true", "{'points':[1]}")
                .ok();
        assertPayload("{}", 1);
        assertPayload("{'x':'y'}", 2);
    }

    private void assertPayload(String expected, long id) {
        assertEquals(
                Api.tree(expected.replace('\'', '"')),
                api.call("GET", "/collections/payloads/points/" + id).ok().get("payload"));
    }

    @Test
    void scrollsThroughNumbersThenUuids() {
        api.collection("pages", DOT);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            points.append(i == 0 ? "" : ",").append("{'id':").append(i * 3).append(",'vector':[1,2,3,4]}");
            points.append(",{'id':'00000000-0000-0000-0000-")
                    .append(String.format("%012d", i))
                    .append("','vector':[1,2,3,4]}");
        }
        api.call("PUT", "/collections/pages/points?wait=true", "{'points':[" + points + "]}")
                .ok();
        List<String> seen = new ArrayList<>();
        String offset = "null";
        int pages = 0;
        do {
            JsonNode page = api.call(
                            "POST",
                            "/collections/pages/points/scroll",
                            "{'limit':7,'with_payload':false,'offset':" + offset + "}")
                    .ok();
            page.get("points").forEach(point -> seen.add(point.get("id").toString()));
            offset = page.get("next_page_offset").toString();
            pages++;
        } while (!offset.equals("null"));
        assertEquals(8, pages);
        assertEquals(50, seen.size());
        assertEquals(50, new TreeSet<>(seen).size());
        assertEquals("0", seen.getFirst());
        assertEquals("72", seen.get(24));
        assertEquals("\"00000000-0000-0000-0000-000000000024\"", seen.getLast());
        assertEquals(
                10,
                api.call("POST", "/collections/pages/points/scroll", "{}")
                        .ok()
                        .get("points")
                        .size());
    }

    // ---- searches against an oracle ---------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"Cosine", "Dot", "Euclid", "Manhattan"})
    void answersAsAScanDoes(String distance) {
        String name = "oracle-" + distance;
        api.collection(name, "{'size':" + Oracle.DIMENSIONS + ",'distance':'" + distance + "'}");
        List<Oracle.Doc> docs = Oracle.docs(300, distance.hashCode());
        api.send(
                        "PUT",
                        "/collections/" + name + "/points?wait=true",
                        "{\"points\":[" + docs.stream().map(Oracle.Doc::json).collect(Collectors.joining(",")) + "]}")
                .ok();
        Random random = new Random(7);
        for (Oracle.Case filter : Oracle.FILTERS) {
            float[] query = Oracle.vector(random);
            List<Oracle.Hit> expected = Oracle.search(docs, distance, query, filter.holds());
            String vector = Oracle.append(new StringBuilder(), query).toString();
            JsonNode found = api.call(
                            "POST",
                            "/collections/" + name + "/points/search",
                            "{'vector':" + vector + ",'limit':10,'filter':" + filter.json() + "}")
                    .ok();
            assertHits(expected, 0, 10, found, filter.json());
            found = api.call(
                            "POST",
                            "/collections/" + name + "/points/query",
                            "{'query':" + vector + ",'limit':5,'offset':3,'filter':" + filter.json() + "}")
                    .ok()
                    .get("points");
            assertHits(expected, 3, 5, found, filter.json());
            assertEquals(
                    expected.size(),
                    api.call("POST", "/collections/" + name + "/points/count", "{'filter':" + filter.json() + "}")
                            .ok()
                            .get("count")
                            .asInt(),
                    filter.json());
            List<Long> scrolled = new ArrayList<>();
            api.call("POST", "/collections/" + name + "/points/scroll", "{'limit':1000,'filter':" + filter.json() + "}")
                    .ok()
                    .get("points")
                    .forEach(point -> scrolled.add(point.get("id").asLong()));
            assertEquals(
                    docs.stream().filter(filter.holds()).map(Oracle.Doc::id).toList(), scrolled, filter.json());
        }
        thresholdAndIds(name, distance, docs);
    }

    private void assertHits(List<Oracle.Hit> expected, int offset, int limit, JsonNode found, String context) {
        List<Oracle.Hit> part = expected.stream().skip(offset).limit(limit).toList();
        assertEquals(part.size(), found.size(), context);
        for (int i = 0; i < part.size(); i++) {
            double score = part.get(i).score();
            assertEquals(score, found.get(i).get("score").asDouble(), 1e-4 * Math.max(1, Math.abs(score)), context);
            assertEquals(part.get(i).id(), found.get(i).get("id").asLong(), context);
        }
    }

    private void thresholdAndIds(String name, String distance, List<Oracle.Doc> docs) {
        float[] query = docs.get(41).vector();
        List<Oracle.Hit> all = Oracle.search(docs, distance, query, doc -> true);
        // Between the fifth and the sixth: five are better.
        double threshold = (all.get(4).score() + all.get(5).score()) / 2;
        JsonNode found = api.call(
                        "POST",
                        "/collections/" + name + "/points/search",
                        "{'vector':" + Oracle.append(new StringBuilder(), query) + ",'limit':10,'score_threshold':"
                                + threshold + ",'with_payload':true,'with_vector':true,'params':{'exact':true}}")
                .ok();
        assertHits(all, 0, 5, found, "threshold");
        assertTrue(found.at("/0/payload/city").isTextual());
        assertEquals(Oracle.DIMENSIONS, found.at("/0/vector").size());
        // By id: the point itself is left out.
        List<Oracle.Hit> others = Oracle.search(docs, distance, query, doc -> doc.id() != 42);
        found = api.call("POST", "/collections/" + name + "/points/query", "{'query':42,'limit':4}")
                .ok()
                .get("points");
        assertHits(others, 0, 4, found, "by id");
        found = api.call("POST", "/collections/" + name + "/points/query", "{'query':{'nearest':42},'limit':4}")
                .ok()
                .get("points");
        assertHits(others, 0, 4, found, "nearest");
        api.call("POST", "/collections/" + name + "/points/query", "{'query':4242}")
                .refused(404, "Not found: No point with id 4242 found");
    }

    @Test
    void batchesAnswerInOrder() {
        api.collection("batch", "{'size':2,'distance':'Euclid'}");
        api.call(
                        "PUT",
                        "/collections/batch/points?wait=true",
                        "{'points':[{'id':1,'vector':[0,0],'payload':{'k':1}},{'id':2,'vector':[3,4]}]}")
                .ok();
        JsonNode found = api.call(
                        "POST",
                        "/collections/batch/points/search/batch",
                        "{'searches':[{'vector':[0,0],'limit':1,'with_payload':true},{'vector':[3,4],'limit':2}]}")
                .ok();
        assertEquals(1, found.at("/0/0/id").asInt());
        assertEquals(1, found.at("/0/0/payload/k").asInt());
        assertEquals(2, found.at("/1/0/id").asInt());
        assertEquals(5.0, found.at("/1/1/score").asDouble());
        assertTrue(found.at("/1/1/payload").isMissingNode());
        found = api.call("POST", "/collections/batch/points/query/batch", "{'searches':[{'query':1},{'query':[3,4]}]}")
                .ok();
        assertEquals(2, found.at("/0/points/0/id").asInt());
        assertEquals(2, found.at("/1/points/0/id").asInt());
        assertEquals(
                "[]",
                api.call("POST", "/collections/batch/points/query/batch", "{'searches':[]}")
                        .ok()
                        .toString());
    }

    @Test
    void vectorsHaveNames() {
        api.collection("named", "{'title':{'size':2,'distance':'Dot'},'image':{'size':3,'distance':'Euclid'}}");
        api.call(
                        "PUT",
                        "/collections/named/points?wait=true",
                        "{'points':[{'id':1,'vector':{'title':[1,0],'image':[0,0,0]}},{'id':2,'vector':{'title':[0,1],'image':[1,1,1]}}]}")
                .ok();
        assertEquals(
                2,
                api.call("POST", "/collections/named/points/query", "{'query':[0,1],'using':'title','limit':1}")
                        .ok()
                        .at("/points/0/id")
                        .asInt());
        assertEquals(
                2,
                api.call(
                                "POST",
                                "/collections/named/points/search",
                                "{'vector':{'name':'image','vector':[1,1,1]},'limit':1}")
                        .ok()
                        .at("/0/id")
                        .asInt());
        JsonNode point = api.call("POST", "/collections/named/points", "{'ids':[1],'with_vector':['image']}")
                .ok()
                .get(0);
        assertEquals("{\"image\":[0.0,0.0,0.0]}", point.get("vector").toString());
        api.call("POST", "/collections/named/points/query", "{'query':[0,1]}")
                .refused(400, "Wrong input: Not existing vector name error:  (query)");
    }

    @Test
    void fieldsAreIndexed() {
        api.collection("indexed", DOT);
        api.call(
                        "PUT",
                        "/collections/indexed/points?wait=true",
                        "{'points':[{'id':1,'vector':[1,2,3,4],'payload':{'k':'a','n':1}},{'id':2,'vector':[1,2,3,4],'payload':{'k':'b'}}]}")
                .ok();
        api.call("PUT", "/collections/indexed/index?wait=true", "{'field_name':'k','field_schema':'keyword'}")
                .ok();
        api.call("PUT", "/collections/indexed/index?wait=true", "{'field_name':'n','field_schema':{'type':'integer'}}")
                .ok();
        JsonNode schema = api.call("GET", "/collections/indexed").ok().get("payload_schema");
        assertEquals("keyword", schema.at("/k/data_type").asText());
        assertEquals(2, schema.at("/k/points").asInt());
        assertEquals("integer", schema.at("/n/data_type").asText());
        assertEquals(
                1,
                api.call(
                                "POST",
                                "/collections/indexed/points/count",
                                "{'filter':{'must':[{'key':'k','match':{'value':'a'}}]}}")
                        .ok()
                        .get("count")
                        .asInt());
        api.call("DELETE", "/collections/indexed/index/k?wait=true").ok();
        assertTrue(api.call("GET", "/collections/indexed")
                .ok()
                .at("/payload_schema/k")
                .isMissingNode());
    }

    @Test
    void strictModeHolds() {
        api.call("DELETE", "/collections/strict").ok();
        api.call(
                        "PUT",
                        "/collections/strict",
                        "{'vectors':" + DOT + ",'strict_mode_config':{'enabled':true,'max_query_limit':5,"
                                + "'upsert_max_batchsize':2,'search_allow_exact':false,'max_points_count':3,"
                                + "'unindexed_filtering_retrieve':false}}")
                .ok();
        String point = "{'id':%d,'vector':[1,2,3,4],'payload':{'k':'a'}}";
        api.call(
                        "PUT",
                        "/collections/strict/points?wait=true",
                        "{'points':[" + point.formatted(1) + "," + point.formatted(2) + "]}")
                .ok();
        api.call(
                        "PUT",
                        "/collections/strict/points?wait=true",
                        "{'points':[" + point.formatted(3) + "," + point.formatted(4) + "," + point.formatted(5) + "]}")
                .refused(
                        403,
                        "Forbidden: Limit exceeded 3 > 2 for \"upsert limit\". Help: Reduce the \"upsert limit\" parameter to or below 2.");
        assertEquals(
                403,
                api.call(
                                "PUT",
                                "/collections/strict/points?wait=true",
                                "{'points':[" + point.formatted(3) + "," + point.formatted(4) + "]}")
                        .status());
        assertEquals(
                403,
                api.call("POST", "/collections/strict/points/query", "{'query':[1,2,3,4],'limit':6}")
                        .status());
        assertEquals(
                403,
                api.call("POST", "/collections/strict/points/query", "{'query':[1,2,3,4],'params':{'exact':true}}")
                        .status());
        String filtered = "{'filter':{'must':[{'key':'k','match':{'value':'a'}}]},'limit':5}";
        assertEquals(
                400,
                api.call("POST", "/collections/strict/points/scroll", filtered).status());
        api.call("PUT", "/collections/strict/index?wait=true", "{'field_name':'k','field_schema':'keyword'}")
                .ok();
        api.call("POST", "/collections/strict/points/scroll", filtered).ok();
        api.call("PATCH", "/collections/strict", "{'strict_mode_config':{'enabled':false}}")
                .ok();
        api.call("POST", "/collections/strict/points/query", "{'query':[1,2,3,4],'limit':6}")
                .ok();
    }

    @Test
    void aliasesLeadToCollections() {
        api.collection("blue", DOT);
        api.collection("green", DOT);
        api.call("PUT", "/collections/blue/points?wait=true", "{'points':[{'id':1,'vector':[1,2,3,4]}]}")
                .ok();
        api.call(
                        "POST",
                        "/collections/aliases",
                        "{'actions':[{'create_alias':{'collection_name':'blue','alias_name':'live'}}]}")
                .ok();
        assertEquals(
                1,
                api.call("POST", "/collections/live/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
        api.call(
                        "POST",
                        "/collections/aliases",
                        "{'actions':[{'delete_alias':{'alias_name':'live'}},"
                                + "{'create_alias':{'collection_name':'green','alias_name':'live'}},"
                                + "{'rename_alias':{'old_alias_name':'live','new_alias_name':'shop'}}]}")
                .ok();
        assertEquals(
                0,
                api.call("POST", "/collections/shop/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
        assertEquals(
                "[{\"alias_name\":\"shop\",\"collection_name\":\"green\"}]",
                api.call("GET", "/collections/green/aliases")
                        .ok()
                        .get("aliases")
                        .toString());
        api.call("PUT", "/collections/shop", "{'vectors':" + DOT + "}")
                .refused(409, "Wrong input: Alias `shop` already exists!");
        assertEquals(
                404,
                api.call(
                                "POST",
                                "/collections/aliases",
                                "{'actions':[{'delete_alias':{'alias_name':'shop'}},"
                                        + "{'create_alias':{'collection_name':'none','alias_name':'x'}}]}")
                        .status());
        api.call("GET", "/collections/shop").ok();
        api.call("DELETE", "/collections/green").ok();
        assertEquals(404, api.call("GET", "/collections/shop").status());
    }

    @Test
    void facetsAndOrders() {
        api.collection("shop", DOT);
        api.call(
                        "PUT",
                        "/collections/shop/points?wait=true",
                        "{'points':[{'id':1,'vector':[1,2,3,4],'payload':{'color':'red','price':5}},"
                                + "{'id':2,'vector':[1,2,3,4],'payload':{'color':'red','price':3}},"
                                + "{'id':3,'vector':[1,2,3,4],'payload':{'color':'blue','price':4}}]}")
                .ok();
        assertEquals(
                400,
                api.call("POST", "/collections/shop/points/scroll", "{'order_by':'price'}")
                        .status());
        api.call("PUT", "/collections/shop/index?wait=true", "{'field_name':'price','field_schema':'integer'}")
                .ok();
        api.call("PUT", "/collections/shop/index?wait=true", "{'field_name':'color','field_schema':'keyword'}")
                .ok();
        assertEquals(
                "[2, 3, 1]",
                ids(api.call("POST", "/collections/shop/points/scroll", "{'order_by':'price'}")
                        .ok()
                        .get("points")));
        assertEquals(
                "[1, 3]",
                ids(api.call(
                                "POST",
                                "/collections/shop/points/query",
                                "{'query':{'order_by':{'key':'price','direction':'desc'}},'limit':2}")
                        .ok()
                        .get("points")));
        assertEquals(
                "[{\"value\":\"red\",\"count\":2},{\"value\":\"blue\",\"count\":1}]",
                api.call("POST", "/collections/shop/facet", "{'key':'color','exact':true}")
                        .ok()
                        .get("hits")
                        .toString());
    }

    private static String ids(JsonNode points) {
        List<Long> ids = new ArrayList<>();
        points.forEach(point -> ids.add(point.get("id").asLong()));
        return ids.toString();
    }

    // ---- refusals ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "PUT | /points?wait=true | {'points':[{'id':1,'vector':[1,2,3]}]} | 400 | Wrong input: Vector dimension error: expected dim: 4, got 3 (points[0].vector)",
                "PUT | /points?wait=true | {'points':[{'id':1,'vector':[1,2,3,4]},{'id':-2,'vector':[1,2,3,4]}]} | 400 | Format error in JSON body: points[1].id: value -2 is not a valid point ID, valid values are either an unsigned integer or a UUID",
                "PUT | /points?wait=maybe | {'points':[]} | 400 | Deserialize error in query parameters: wait: provided string was not `true` or `false`",
                "PUT | /points?timeout=0 | {'points':[]} | 422 | Validation error in query parameters: [timeout: value 0 invalid, must be 1 or larger]",
                "POST | /points/search | {'vector':[1,2,3,4],'limit':0} | 422 | Validation error in JSON body: [limit: value 0 invalid, must be from 1 to 10000]",
                "POST | /points/search | {'vector':[1,2,3],'limit':1} | 400 | Wrong input: Vector dimension error: expected dim: 4, got 3 (vector)",
                "POST | /points/query | {'query':{'fusion':'rrf'}} | 400 | Wrong input: query: a fusion needs prefetches",
                "POST | /points/scroll | {'filter':{'mus':[]}} | 400 | Format error in JSON body: filter.mus: unknown field `mus`, expected one of `should`, `min_should`, `must`, `must_not`",
                "POST | /points/count | {'filter':{'must':[{'key':'k'}]}} | 422 | Validation error in JSON body: [filter.must[0]: At least one field condition must be specified]",
                "POST | /points/delete | {} | 400 | Format error in JSON body: missing field `points` or `filter`",
                "POST | /points/payload | {'points':[1]} | 400 | Format error in JSON body: missing field `payload`",
                "PUT | /index | {'field_name':'k','field_schema':3} | 400 | Format error in JSON body: field_schema: expected an object, got 3",
                "POST | /points | {'ids':[1.5]} | 400 | Format error in JSON body: ids[0]: value 1.5 is not a valid point ID, valid values are either an unsigned integer or a UUID"
            })
    void saysWhatIsWrong(String method, String path, String body, int status, String message) {
        if (!api.call("GET", "/collections/errors/exists").ok().get("exists").asBoolean()) {
            api.collection("errors", DOT);
        }
        api.call(method, "/collections/errors" + path, body).refused(status, message);
        assertEquals(
                0,
                api.call("POST", "/collections/errors/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
    }

    @Test
    void everyOperationMissesACollectionInTheSameWords() {
        String missing = "Not found: Collection `none` doesn't exist!";
        String c = "/collections/none";
        api.call("GET", c).refused(404, missing);
        api.call("PATCH", c, "{}").refused(404, missing);
        api.call("PUT", c + "/index", "{'field_name':'a','field_schema':'keyword'}")
                .refused(404, missing);
        api.call("DELETE", c + "/index/a").refused(404, missing);
        api.call("PUT", c + "/points", "{'points':[]}").refused(404, missing);
        api.call("POST", c + "/points", "{'ids':[1]}").refused(404, missing);
        api.call("GET", c + "/points/1").refused(404, missing);
        api.call("POST", c + "/points/delete", "{'points':[1]}").refused(404, missing);
        api.call("POST", c + "/points/scroll", "{}").refused(404, missing);
        api.call("POST", c + "/points/count", "{}").refused(404, missing);
        api.call("POST", c + "/points/search", "{'vector':[1],'limit':1}").refused(404, missing);
        api.call("POST", c + "/points/search/batch", "{'searches':[]}").refused(404, missing);
        api.call("POST", c + "/points/query", "{'query':1}").refused(404, missing);
        api.call("POST", c + "/points/query/batch", "{'searches':[]}").refused(404, missing);
        api.call("POST", c + "/points/payload", "{'payload':{},'points':[1]}").refused(404, missing);
        api.call("PUT", c + "/points/payload", "{'payload':{},'points':[1]}").refused(404, missing);
        api.call("POST", c + "/points/payload/delete", "{'keys':['a'],'points':[1]}")
                .refused(404, missing);
        api.call("POST", c + "/points/payload/clear", "{'points':[1]}").refused(404, missing);
    }

    @Test
    void bodiesAreChecked() {
        api.collection("bodies", DOT);
        Api.Answer answer = api.send("PUT", "/collections/bodies/points", "{\"points\":[{]}");
        assertEquals(400, answer.status());
        assertTrue(answer.error().startsWith("Format error in JSON body: points[0]: "), answer.text());
        assertTrue(answer.error().endsWith(" at line 1 column 13"), answer.text());
        api.send("PUT", "/collections/bodies/points", "").refused(400, "Format error in JSON body: the body is empty");
        answer = api.send("PUT", "/collections/bodies/points", "{\"x\":\"" + "y".repeat(33 << 20) + "\"}");
        assertEquals(413, answer.status(), answer.text());
        assertTrue(answer.body().at("/status/error").isTextual(), answer.text());
        answer = api.call("POST", "/collections/bodies/points/nothing", "{}");
        assertTrue(answer.status() == 404 || answer.status() == 405, answer.text());
        assertTrue(answer.body().at("/status/error").isTextual(), answer.text());
    }

    @Test
    void quotasNameLimitUsedAndRequested() {
        Api small = tenantWith(new Limits(1, 3, 1L << 30, 10_000_000), "qdrant-it-small");
        small.collection("one", DOT);
        Api.Answer answer = small.call("PUT", "/collections/two", "{'vectors':" + DOT + "}");
        assertEquals(403, answer.status(), answer.text());
        assertQuota(answer, 1, 1, 1);
        small.call(
                        "PUT",
                        "/collections/one/points?wait=true",
                        "{'points':[{'id':1,'vector':[1,2,3,4]},{'id':2,'vector':[1,2,3,4]}]}")
                .ok();
        answer = small.call(
                "PUT",
                "/collections/one/points?wait=true",
                "{'points':[{'id':2,'vector':[1,2,3,4]},{'id':3,'vector':[1,2,3,4]},{'id':4,'vector':[1,2,3,4]}]}");
        assertEquals(403, answer.status(), answer.text());
        assertQuota(answer, 3, 2, 2);
        // Nothing of it was applied; reads and deletes stay open, and make room.
        assertEquals(
                2,
                small.call("POST", "/collections/one/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
        small.call("POST", "/collections/one/points/delete?wait=true", "{'points':[1,2]}")
                .ok();
        small.call("PUT", "/collections/one/points?wait=true", "{'points':[{'id':5,'vector':[1,2,3,4]}]}")
                .ok();
    }

    private static void assertQuota(Api.Answer answer, long limit, long used, long requested) {
        JsonNode status = answer.body().get("status");
        assertTrue(status.get("type").asText().endsWith("quota-exceeded"), answer.text());
        assertEquals(limit, status.get("limit").asLong(), answer.text());
        assertEquals(used, status.get("used").asLong(), answer.text());
        assertEquals(requested, status.get("requested").asLong(), answer.text());
        assertTrue(status.get("error").asText().contains(String.valueOf(limit)), answer.text());
    }

    // ---- what it costs, and what is documented ---------------------------------------------------------------

    @Test
    void usageIsTold() {
        api.collection("usage", DOT);
        JsonNode written = api.call(
                        "PUT",
                        "/collections/usage/points?wait=true",
                        "{'points':[{'id':1,'vector':[1,2,3,4],'payload':{'a': 1}},{'id':2,'vector':[1,2,3,4]}]}")
                .body()
                .at("/usage/hardware");
        assertEquals(32, written.get("vector_io_write").asInt());
        assertEquals(7, written.get("payload_io_write").asInt());
        JsonNode read = api.call("POST", "/collections/usage/points/search", "{'vector':[1,2,3,4],'limit':2}")
                .body()
                .at("/usage/hardware");
        assertEquals(2, read.get("cpu").asInt());
        assertTrue(read.get("vector_io_read").asLong() > 0);
    }

    @Test
    void theServedDocumentHasTheTenantApi() {
        JsonNode paths = api.call("GET", "/q/openapi?format=json").body().get("paths");
        JsonNode search = paths.at("/~1collections~1{collection_name}~1points~1search/post");
        assertEquals("search_points", search.get("operationId").asText());
        assertEquals(3, search.get("parameters").size());
        assertEquals("points.search", search.get("x-vectorhub-operation").asText());
        assertTrue(search.at("/requestBody/content/application~1json/schema").isObject());
        assertFalse(search.at("/responses/200").isMissingNode());
    }
}
