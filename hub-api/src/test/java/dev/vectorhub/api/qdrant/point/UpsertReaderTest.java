package dev.vectorhub.api.qdrant.point;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertReaderTest {

    static final VectorSchema UNNAMED = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setSize(3))
            .build());
    static final VectorSchema NAMED = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setName("a").setSize(3))
            .addVectors(VectorParams.newBuilder().setName("b").setSize(1))
            .build());

    static float[] floats(ByteString bytes) {
        float[] out = new float[bytes.size() / 4];
        bytes.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(out);
        return out;
    }

    private static Documents documents() {
        return new Documents(Documents.Use.STORED, 10);
    }

    private static List<Point> read(VectorSchema schema, String text) {
        return UpsertReader.read(json(text), schema, documents()).points().getPointsList();
    }

    private static String fails(VectorSchema schema, String text) {
        return error(() -> UpsertReader.read(json(text), schema, documents()));
    }

    @Test
    void readsAListOfPoints() {
        PointBatch batch = UpsertReader.read(
                json("{'points':[{'payload':{'k': 1},'vector':[1,-2.5,3e-2],'id':7,'more':[{}]},"
                        + "{'id':'936da01f9abd4d9d80c702af85c822a8','vector':[0,0,0],'payload':null}],'x':{}}"),
                UNNAMED,
                documents());
        List<Point> points = batch.points().getPointsList();
        assertEquals(2, points.size());
        assertEquals(7, points.get(0).getId().getNum());
        assertEquals("{\"k\":1}", points.get(0).getPayload().toStringUtf8());
        assertEquals("", points.get(0).getVectors(0).getName());
        assertArrayEquals(
                new float[] {1, -2.5f, 3e-2f},
                floats(points.get(0).getVectors(0).getF32()));
        assertTrue(points.get(1).getPayload().isEmpty());
        assertEquals(24, batch.vectorBytes());
        assertEquals(7, batch.payloadBytes());
        assertEquals(24 + 7 + 8 + 16, batch.bytes());
    }

    @Test
    void readsNamedVectors() {
        List<Point> points =
                read(NAMED, "{'points':[{'id':1,'vector':{'b':[9],'a':[1,2,3]}},{'id':2,'vector':{'b':[4]}}]}");
        assertEquals("b", points.get(0).getVectors(0).getName());
        assertArrayEquals(
                new float[] {1, 2, 3}, floats(points.get(0).getVectors(1).getF32()));
        assertEquals(1, points.get(1).getVectorsCount());
    }

    @Test
    void readsTheBatchForm() {
        List<Point> listed =
                read(UNNAMED, "{'points':[{'id':1,'vector':[1,2,3],'payload':{'a':1}},{'id':2,'vector':[4,5,6]}]}");
        assertEquals(
                listed, read(UNNAMED, "{'batch':{'payloads':[{'a':1},null],'vectors':[[1,2,3],[4,5,6]],'ids':[1,2]}}"));
        assertEquals(
                read(NAMED, "{'points':[{'id':1,'vector':{'b':[9],'a':[1,2,3]}}]}"),
                read(NAMED, "{'batch':{'ids':[1],'vectors':{'b':[[9]],'a':[[1,2,3]]}}}"));
        assertEquals(List.of(), read(UNNAMED, "{'points':[]}"));
        assertEquals(List.of(), read(UNNAMED, "{'batch':{'ids':[],'vectors':[]}}"));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        String p = "400 Format error in JSON body: ";
        assertEquals(p + "expected an object, got a list", fails(UNNAMED, "[]"));
        assertEquals(p + "missing field `points` or `batch`", fails(UNNAMED, "{}"));
        assertEquals(p + "points: expected a list, got an object", fails(UNNAMED, "{'points':{}}"));
        assertEquals(
                p + "points[1]: missing field `id`",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[1,2,3]},{'vector':[1,2,3]}]}"));
        assertEquals(p + "points[0]: missing field `vector`", fails(UNNAMED, "{'points':[{'id':1}]}"));
        assertEquals(
                p + "points[0].id: duplicate field", fails(UNNAMED, "{'points':[{'id':1,'id':2,'vector':[1,2,3]}]}"));
        assertEquals(
                p + "points[0].vector[1]: expected a number, got the string \"2\"",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[1,'2',3]}]}"));
        assertEquals(
                p + "points[0].vector[1]: expected a number, got null",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[1,null,3]}]}"));
        assertEquals(
                p + "points[0].vector[2]: the number is too large for 32 bits",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[1,2,-1e300]}]}"));
        assertEquals(
                p + "either `points` or `batch`, not both",
                fails(UNNAMED, "{'points':[],'batch':{'ids':[],'vectors':[]}}"));
        assertEquals(p + "batch: missing field `vectors`", fails(UNNAMED, "{'batch':{'ids':[]}}"));
        assertEquals(
                "422 Validation error in JSON body: [batch: number of ids and vectors must be equal (2 != 1)]",
                fails(UNNAMED, "{'batch':{'ids':[1,2],'vectors':[[1,2,3]]}}"));
        assertEquals(
                "422 Validation error in JSON body: [batch: number of ids and payloads must be equal (1 != 2)]",
                fails(UNNAMED, "{'batch':{'ids':[1],'vectors':[[1,2,3]],'payloads':[{},{}]}}"));
    }

    @Test
    void checksNamesAndDimensionsAsQdrantSaysThem() {
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 3, got 2 (points[0].vector)",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[1,2]}]}"));
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 3, got 5 (points[0].vector.a)",
                fails(NAMED, "{'points':[{'id':1,'vector':{'a':[1,2,3,4,5]}}]}"));
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 3, got 0 (points[0].vector)",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[]}]}"));
        assertEquals(
                "400 Wrong input: Not existing vector name error: c (points[0].vector.c)",
                fails(NAMED, "{'points':[{'id':1,'vector':{'c':[1,2,3]}}]}"));
        assertEquals(
                "400 Wrong input: Not existing vector name error:  (points[0].vector)",
                fails(NAMED, "{'points':[{'id':1,'vector':[1,2,3]}]}"));
        assertEquals(
                0, read(NAMED, "{'points':[{'id':1,'vector':{}}]}").getFirst().getVectorsCount());
    }

    private static final VectorSchema MIXED = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder()
                    .setName("m")
                    .setKind(VectorKind.MULTI)
                    .setSize(2))
            .addVectors(VectorParams.newBuilder().setName("s").setKind(VectorKind.SPARSE))
            .build());

    @Test
    void readsEveryKindOfVector() {
        PointBatch batch = UpsertReader.read(
                json("{'points':[{'id':1,'vector':{'m':[[1,2],[3,4],[5,6]],"
                        + "'s':{'values':[0.5,-1],'indices':[4294967295,0]}}},"
                        + "{'id':2,'vector':{'m':[7,8],'s':{'indices':[],'values':[]}}}]}"),
                MIXED,
                documents());
        Point first = batch.points().getPoints(0);
        assertEquals(3, first.getVectors(0).getMulti().getRows());
        assertArrayEquals(
                new float[] {1, 2, 3, 4, 5, 6},
                floats(first.getVectors(0).getMulti().getF32()));
        assertArrayEquals(
                new float[] {0.5f, -1}, floats(first.getVectors(1).getSparse().getValues()));
        assertEquals(
                -1,
                first.getVectors(1)
                        .getSparse()
                        .getIndices()
                        .asReadOnlyByteBuffer()
                        .getInt(0));
        assertEquals(1, batch.points().getPoints(1).getVectors(0).getMulti().getRows());
        assertEquals(24 + 16 + 8, batch.vectorBytes());
        List<Point> columns = read(
                MIXED,
                "{'batch':{'ids':[1,2],'vectors':{'s':[{'indices':[1],'values':[1]},{'indices':[2],'values':[2]}]}}}");
        assertEquals(4, columns.get(1).getVectors(0).getSparse().getIndices().size());
    }

    @Test
    void saysWhatIsWrongWithSparseAndMultiVectors() {
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 2, got 3 (points[0].vector.m)",
                fails(MIXED, "{'points':[{'id':1,'vector':{'m':[[1,2,3]]}}]}"));
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 2, got 1 (points[0].vector.m[1])",
                fails(MIXED, "{'points':[{'id':1,'vector':{'m':[[1,2],[3]]}}]}"));
        assertEquals(
                "400 Wrong input: Conversion between sparse and regular vectors failed (points[0].vector.s)",
                fails(MIXED, "{'points':[{'id':1,'vector':{'s':[1]}}]}"));
        assertEquals(
                "422 Validation error in JSON body: [points[0].vector.s: must be the same length as indices]",
                fails(MIXED, "{'points':[{'id':1,'vector':{'s':{'indices':[1],'values':[]}}}]}"));
        assertEquals(
                "422 Validation error in JSON body: [points[0].vector.s: must be unique]",
                fails(MIXED, "{'points':[{'id':1,'vector':{'s':{'indices':[1,3,1],'values':[1,2,3]}}}]}"));
        assertEquals(
                "400 Format error in JSON body: points[0].vector.s.indices[0]: an index is from 0 to 4294967295",
                fails(MIXED, "{'points':[{'id':1,'vector':{'s':{'indices':[-1],'values':[1]}}}]}"));
        assertEquals(
                "400 Format error in JSON body: points[0].vector.s: missing field `values`",
                fails(MIXED, "{'points':[{'id':1,'vector':{'s':{'indices':[1]}}}]}"));
    }

    @Test
    void saysWhatIsNotSupported() {
        assertEquals(
                "400 Wrong input: Conversion between multi and regular vectors failed (points[0].vector[0])",
                fails(UNNAMED, "{'points':[{'id':1,'vector':[[1,2,3]]}]}"));
        assertEquals(
                "400 Wrong input: Conversion between sparse and regular vectors failed (points[0].vector.a)",
                fails(NAMED, "{'points':[{'id':1,'vector':{'a':{'indices':[1],'values':[2]}}}]}"));
        assertEquals(
                "400 Wrong input: points[0].vector.a.model: unknown model \"m\"; the models are sentence-transformers/all-MiniLM-L6-v2"
                        + " and Qdrant/bm25",
                fails(NAMED, "{'points':[{'id':1,'vector':{'a':{'text':'hello','model':'m'}}}]}"));
        assertEquals(
                "400 Wrong input: shard_key: shard keys are not supported yet",
                fails(UNNAMED, "{'points':[],'shard_key':'a'}"));
        assertEquals(
                "400 Format error in JSON body: update_mode: expected one of `upsert`, `insert_only`, `update_only`,"
                        + " got the string \"insert\"",
                fails(UNNAMED, "{'points':[],'update_mode':'insert'}"));
        assertEquals(
                List.of(), read(UNNAMED, "{'points':[],'update_mode':'upsert','shard_key':null,'update_filter':null}"));
        for (String twice : List.of("'update_filter':{},'update_filter':{}", "'update_mode':null,'update_mode':null")) {
            assertTrue(fails(UNNAMED, "{'points':[]," + twice + "}").endsWith("duplicate field"), twice);
        }
    }
}
