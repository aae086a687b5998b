package dev.vectorhub.api.qdrant.point;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.DeletePayload;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.SetPayload;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies of the operations on points other than writing vectors and searching. */
class RequestsTest {

    private static final VectorSchema SCHEMA = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setName("v").setSize(2))
            .build());

    private static final CollectionRef COLLECTION = CollectionRef.getDefaultInstance();
    private static final RequestBounds BOUNDS = new RequestBounds(20, 30, 2, 1_000);
    private static final String FORMAT = "400 Format error in JSON body: ";

    @Test
    void selectsByIdsOrFilter() {
        Selector ids = SelectorReader.read(json("{'points':[1,2],'filter':null,'x':1}"));
        assertEquals(2, ids.getIds().getIdsCount());
        assertEquals(0, SelectorReader.read(json("{'points':[]}")).getIds().getIdsCount());
        assertTrue(SelectorReader.read(json("{'points':[]}")).hasIds());
        Selector filter = SelectorReader.read(json("{'filter':{'must':{'has_id':[1]}}}"));
        assertEquals(1, filter.getFilter().getMustCount());
        assertEquals(FORMAT + "missing field `points` or `filter`", error(() -> SelectorReader.read(json("{}"))));
        assertEquals(
                FORMAT + "either `points` or `filter`, not both",
                error(() -> SelectorReader.read(json("{'points':[1],'filter':{}}"))));
        assertTrue(
                error(() -> SelectorReader.read(json("{'points':[1,'x']}"))).startsWith(FORMAT + "points[1]: value x"));
    }

    @Test
    void setsPayload() {
        SetPayload set = PayloadRequests.set(json("{'points':[1],'payload':{'a': 1},'key':'b.c'}"), false);
        assertEquals("{\"a\":1}", set.getPayload().toStringUtf8());
        assertEquals("b.c", set.getKey());
        assertFalse(set.getOverwrite());
        SetPayload empty = PayloadRequests.set(json("{'filter':{},'payload':{},'key':null}"), true);
        assertEquals("{}", empty.getPayload().toStringUtf8());
        assertTrue(empty.getOverwrite());
        assertTrue(empty.getSelector().hasFilter());
        SetPayload whole = PayloadRequests.set(json("{'points':[1],'payload':{'a': 1},'key':'b.c'}"), true);
        assertEquals("", whole.getKey());
        assertEquals(
                FORMAT + "missing field `payload`", error(() -> PayloadRequests.set(json("{'points':[1]}"), false)));
        assertEquals(
                FORMAT + "payload: expected an object, got null",
                error(() -> PayloadRequests.set(json("{'points':[1],'payload':null}"), false)));
        assertEquals(
                FORMAT + "missing field `points` or `filter`",
                error(() -> PayloadRequests.set(json("{'payload':{}}"), false)));
        assertEquals(
                "422 Validation error in JSON body: [key: a payload key is not empty]",
                error(() -> PayloadRequests.set(json("{'points':[1],'payload':{},'key':''}"), false)));
    }

    @Test
    void deletesPayloadKeys() {
        DeletePayload delete = PayloadRequests.delete(json("{'keys':['a','b.c'],'points':[1]}"));
        assertEquals(List.of("a", "b.c"), delete.getKeysList());
        assertEquals(
                FORMAT + "keys[1]: expected a string, got the number 2",
                error(() -> PayloadRequests.delete(json("{'keys':['a',2],'points':[1]}"))));
        assertEquals(FORMAT + "missing field `keys`", error(() -> PayloadRequests.delete(json("{'points':[1]}"))));
        assertTrue(PayloadRequests.clear(json("{'points':[1]}")).getSelector().hasIds());
    }

    @Test
    void retrieves() {
        RetrieveRequest request = ReadRequests.retrieve(json("{'ids':[1,2]}"), COLLECTION, SCHEMA, BOUNDS);
        assertTrue(request.getWithPayload().getEnabled());
        assertFalse(request.getWithVector().getEnabled());
        request = ReadRequests.retrieve(
                json("{'ids':[1],'with_payload':{'exclude':['a']},'with_vectors':['v']}"), COLLECTION, SCHEMA, BOUNDS);
        assertEquals(List.of("a"), request.getWithPayload().getExcludeList());
        assertEquals(List.of("v"), request.getWithVector().getNamesList());
        assertEquals(
                "422 Validation error in JSON body: [ids[20]: a request has at most 20 ids]",
                error(() ->
                        ReadRequests.retrieve(json("{'ids':[" + "1,".repeat(20) + "1]}"), COLLECTION, SCHEMA, BOUNDS)));
        assertEquals(
                FORMAT + "missing field `ids`",
                error(() -> ReadRequests.retrieve(json("{}"), COLLECTION, SCHEMA, BOUNDS)));
    }

    @Test
    void showsPartsOfThePayload() {
        assertEquals(
                List.of("a", "b"),
                scroll("{'with_payload':['a','b']}").getWithPayload().getIncludeList());
        assertEquals(
                List.of("a"),
                scroll("{'with_payload':{'include':['a']}}").getWithPayload().getIncludeList());
        assertFalse(scroll("{'with_payload':[]}").getWithPayload().getEnabled());
        assertFalse(scroll("{'with_payload':{'include':[]}}").getWithPayload().getEnabled());
        assertTrue(scroll("{'with_payload':{'exclude':[]}}").getWithPayload().getEnabled());
        assertTrue(scroll("{'with_payload':null}").getWithPayload().getEnabled());
        assertFalse(scroll("{'with_payload':false}").getWithPayload().getEnabled());
        assertEquals(
                FORMAT + "with_payload: expected either `include` or `exclude`",
                error(() -> scroll("{'with_payload':{'include':[],'exclude':[]}}")));
        assertEquals(
                FORMAT + "with_payload.only: unknown field `only`, expected `include` or `exclude`",
                error(() -> scroll("{'with_payload':{'only':[]}}")));
        assertTrue(error(() -> scroll("{'with_payload':1}")).startsWith(FORMAT + "with_payload: expected"));
        assertTrue(error(() -> scroll("{'with_vector':'a'}")).startsWith(FORMAT + "with_vector: expected"));
        assertEquals(
                "400 Wrong input: Not existing vector name error: w (with_vector[1])",
                error(() -> scroll("{'with_vector':['v','w']}")));
    }

    private static ScrollRequest scroll(String text) {
        return ReadRequests.scroll(json(text), COLLECTION, SCHEMA, BOUNDS);
    }

    @Test
    void scrolls() {
        ScrollRequest request = scroll("{}");
        assertEquals(10, request.getLimit());
        assertFalse(request.hasOffset());
        request = scroll("{'limit':20,'offset':'936da01f9abd4d9d80c702af85c822a8','filter':null}");
        assertEquals(20, request.getLimit());
        assertTrue(request.getOffset().hasUuid());
        assertFalse(request.hasFilter());
        assertEquals(
                "422 Validation error in JSON body: [limit: value 0 invalid, must be from 1 to 20]",
                error(() -> scroll("{'limit':0}")));
        assertEquals(
                "422 Validation error in JSON body: [limit: value 21 invalid, must be from 1 to 20]",
                error(() -> scroll("{'limit':21}")));
        assertEquals("a", scroll("{'order_by':'a'}").getOrderBy().getKey());
        assertTrue(scroll("{'order_by':{'key':'a','direction':'desc','start_from':'2024-01-01'}}")
                .getOrderBy()
                .getStartFrom()
                .hasDatetime());
        assertEquals(
                "400 Format error in JSON body: order_by.direction: expected `asc` or `desc`",
                error(() -> scroll("{'order_by':{'key':'a','direction':'up'}}")));
    }

    @Test
    void counts() {
        CountRequest request = ReadRequests.count(json("{'exact':false,'filter':{}}"), COLLECTION);
        assertTrue(request.hasFilter());
        assertEquals(
                FORMAT + "exact: expected true or false, got the number 1",
                error(() -> ReadRequests.count(json("{'exact':1}"), COLLECTION)));
    }
}
