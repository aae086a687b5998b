package dev.vectorhub.api.qdrant.collection;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Datatype;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import dev.vectorhub.engine.wire.v1.FieldType;
import dev.vectorhub.engine.wire.v1.Modifier;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionDraftTest {

    private static final ObjectMapper TREES = new ObjectMapper();

    private static CollectionDraft create(String text) {
        return CollectionDraft.create(json(text));
    }

    private static JsonNode shown(CollectionDraft draft, CollectionInfo info) throws IOException {
        return TREES.readTree(
                new CollectionInfoWriter(16, 200).info(info, draft.configJson()).toString());
    }

    private static JsonNode shown(CollectionDraft draft) throws IOException {
        return shown(draft, CollectionInfo.getDefaultInstance());
    }

    @Test
    void readsTheUnnamedVector() throws IOException {
        CollectionDraft draft = create("{'vectors':{'size':384,'distance':'Cosine','on_disk':true}}");
        VectorParams vector = draft.spec().getVectors(0);
        assertEquals("", vector.getName());
        assertEquals(384, vector.getSize());
        assertEquals(Distance.COSINE, vector.getDistance());
        assertEquals(0, draft.spec().getHnsw().getM());
        assertEquals(
                TREES.readTree("{\"size\":384,\"distance\":\"Cosine\",\"on_disk\":true}"),
                shown(draft).at("/config/params/vectors"));
    }

    @Test
    void readsNamedVectors() throws IOException {
        CollectionDraft draft = create("{'vectors':{'size':{'size':3,'distance':'Dot'},"
                + "'b':{'size':2,'distance':'Manhattan','hnsw_config':{'m':8}}}}");
        assertEquals("size", draft.spec().getVectors(0).getName());
        assertEquals(Distance.MANHATTAN, draft.spec().getVectors(1).getDistance());
        assertEquals(8, draft.spec().getVectors(1).getHnsw().getM());
        assertEquals(
                8, shown(draft).at("/config/params/vectors/b/hnsw_config/m").asInt());
    }

    @Test
    void givesTheGraphParametersToTheEngine() throws IOException {
        CollectionDraft draft = create("{'vectors':{'size':256,'distance':'Dot'},"
                + "'hnsw_config':{'m':32,'ef_construct':400,'full_scan_threshold':1000,'else':1}}");
        assertEquals(32, draft.spec().getHnsw().getM());
        assertEquals(400, draft.spec().getHnsw().getEfConstruct());
        // 1000 KB of vectors of 1 KB.
        assertEquals(1_000, draft.spec().getHnsw().getFullScanThreshold());
        JsonNode hnsw = shown(draft).at("/config/hnsw_config");
        assertEquals(1_000, hnsw.get("full_scan_threshold").asInt());
        assertFalse(hnsw.has("else"));
        assertEquals(
                Integer.MAX_VALUE,
                create("{'vectors':{'size':1,'distance':'Dot'},"
                                + "'hnsw_config':{'full_scan_threshold':9223372036854775807}}")
                        .spec()
                        .getHnsw()
                        .getFullScanThreshold());
    }

    @Test
    void keepsWhatChangesNothing() throws IOException {
        JsonNode config = shown(
                        create("{'vectors':{'size':1,'distance':'Dot'},'shard_number':2,'sharding_method':'auto',"
                                + "'replication_factor':2,'on_disk_payload':false,"
                                + "'optimizers_config':{'indexing_threshold':5,'max_optimization_threads':'auto'},"
                                + "'wal_config':{'wal_capacity_mb':64},"
                                + "'quantization_config':{'scalar':{'type':'int8','quantile':0.99}},"
                                + "'strict_mode_config':{'enabled':false},'sparse_vectors':{},'metadata':{'a':[1]}}"))
                .get("config");
        assertEquals(2, config.at("/params/shard_number").asInt());
        assertEquals("auto", config.at("/params/sharding_method").asText());
        assertEquals(1, config.at("/params/write_consistency_factor").asInt());
        assertFalse(config.at("/params/on_disk_payload").asBoolean());
        assertEquals(5, config.at("/optimizer_config/indexing_threshold").asInt());
        assertTrue(config.at("/optimizer_config/max_optimization_threads").isNull());
        assertEquals(64, config.at("/wal_config/wal_capacity_mb").asInt());
        assertEquals(0.99, config.at("/quantization_config/scalar/quantile").asDouble());
        assertEquals(1, config.at("/metadata/a/0").asInt());
    }

    @Test
    void showsWhatTheEngineReports() throws IOException {
        CollectionDraft draft = create("{'vectors':{'size':1,'distance':'Dot'}}");
        JsonNode shown = shown(
                draft,
                CollectionInfo.newBuilder()
                        .setPoints(7)
                        .setIndexedVectors(3)
                        .setSegments(2)
                        .addFields(FieldIndexInfo.newBuilder()
                                .setKey("a.b")
                                .setType(FieldType.KEYWORD)
                                .setPoints(5))
                        .build());
        assertEquals("yellow", shown.get("status").asText());
        assertEquals(7, shown.get("points_count").asInt());
        assertEquals(3, shown.get("indexed_vectors_count").asInt());
        assertEquals(2, shown.get("segments_count").asInt());
        assertEquals(TREES.readTree("{\"a.b\":{\"data_type\":\"keyword\",\"points\":5}}"), shown.get("payload_schema"));
        assertEquals(16, shown.at("/config/hnsw_config/m").asInt());
        assertTrue(shown.at("/config/quantization_config").isNull());
        assertEquals(
                "green",
                shown(draft, CollectionInfo.newBuilder().setOptimized(true).build())
                        .get("status")
                        .asText());
    }

    @Test
    void updates() throws IOException {
        CollectionDraft draft = create("{'vectors':{'a':{'size':256,'distance':'Dot'}},'hnsw_config':{'m':8},"
                + "'quantization_config':{'binary':{'always_ram':true}},'metadata':{'x':1,'y':2}}");
        CollectionDraft after = draft.update(json("{'hnsw_config':{'ef_construct':77},"
                + "'optimizers_config':{'flush_interval_sec':9},'params':{'replication_factor':3},"
                + "'vectors':{'a':{'on_disk':true}},'quantization_config':'Disabled','metadata':{'x':null,'z':3}}"));
        assertEquals(8, after.spec().getHnsw().getM());
        assertEquals(77, after.spec().getHnsw().getEfConstruct());
        JsonNode config = shown(after).get("config");
        assertEquals(8, config.at("/hnsw_config/m").asInt());
        assertEquals(9, config.at("/optimizer_config/flush_interval_sec").asInt());
        assertEquals(3, config.at("/params/replication_factor").asInt());
        assertTrue(config.at("/params/vectors/a/on_disk").asBoolean());
        assertEquals(256, config.at("/params/vectors/a/size").asInt());
        assertTrue(config.at("/quantization_config").isNull());
        assertEquals(TREES.readTree("{\"y\":2,\"z\":3}"), config.get("metadata"));
        assertEquals(
                "400 Wrong input: Not existing vector name error: b (vectors.b)",
                error(() -> draft.update(json("{'vectors':{'b':{}}}"))));
        assertEquals(
                "400 Format error in JSON body: quantization_config: expected one of [Disabled], got \"On\"",
                error(() -> draft.update(json("{'quantization_config':'On'}"))));
        CollectionDraft same = draft.update(json("{}"));
        assertEquals(draft.spec(), same.spec());
        assertEquals(draft.configJson(), same.configJson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "[] | 400 Format error in JSON body: expected an object, got a list",
                "{'vectors':4} | 400 Format error in JSON body: vectors: expected an object, got 4",
                "{'vectors':{'size':4}} | 400 Format error in JSON body: vectors: missing field `distance`",
                "{'vectors':{'distance':'Dot'}} | 400 Format error in JSON body: vectors: missing field `size`",
                "{'vectors':{'size':0,'distance':'Dot'}} | 422 Validation error in JSON body: [vectors.size: value 0 invalid, must be from 1 to 65535]",
                "{'vectors':{'a':{'size':65536,'distance':'Dot'}}} | 422 Validation error in JSON body: [vectors.a.size: value 65536 invalid, must be from 1 to 65535]",
                "{'vectors':{'size':1.5,'distance':'Dot'}} | 400 Format error in JSON body: vectors.size: expected a whole number that is at least 0, got 1.5",
                "{'vectors':{'size':99999999999999999999,'distance':'Dot'}} | 422 Validation error in JSON body: [vectors.size: value 99999999999999999999 invalid, must be from 1 to 65535]",
                "{'vectors':{'size':4,'distance':'Dot','multivector_config':{}}} | 400 Format error in JSON body: vectors.multivector_config: missing field `comparator`",
                "{'vectors':{'size':4,'distance':'Dot','datatype':'turbo4'}} | 400 Wrong input: vectors.datatype: turbo4 (use float16 or uint8, or a quantization_config, which keeps vectors) is not supported yet",
                "{'vectors':{'size':4,'distance':'Dot'},'sparse_vectors':{'s':{'modifier':'x'}}} | 400 Format error in JSON body: sparse_vectors.s.modifier: expected one of",
                "{'vectors':{'size':4,'distance':'Dot'},'sharding_method':'custom'} | 400 Wrong input: sharding_method: custom sharding is not supported yet",
                "{'vectors':{'size':4,'distance':'Dot'},'hnsw_config':{'ef_construct':0}} | 422 Validation error in JSON body: [hnsw_config.ef_construct: value 0 invalid, must be from 4 to 10000]",
                "{'vectors':{'size':4,'distance':'Dot'},'hnsw_config':{'m':'x'}} | 400 Format error in JSON body: hnsw_config.m: expected a whole number that is at least 0, got \"x\"",
                "{'vectors':{'size':4,'distance':'Dot'},'shard_number':0} | 422 Validation error in JSON body: [shard_number: value 0 invalid, must be from 1 to 2147483647]",
                "{'vectors':{'size':4,'distance':'Dot'},'quantization_config':{}} | 400 Format error in JSON body: quantization_config: expected exactly one of `scalar`, `product`, `binary`, `turbo`",
                "{'vectors':{'size':4,'distance':'Dot'},'strict_mode_config':{'read_rate_limit':0}} | 422 Validation error in JSON body: [strict_mode_config.read_rate_limit: value 0 invalid, must be from 1 to 9223372036854775807]",
                "{'vectors':{'size':4,'distance':'Dot'},'init_from':{'collection':'x'}} | 400 Wrong input: init_from: copying another collection is not supported yet"
            })
    void namesWhatIsWrong(String text, String expected) {
        String told = error(() -> create(text));
        // the order of words in a set is its own
        assertEquals(expected, expected.endsWith("one of") ? told.substring(0, expected.length()) : told);
    }

    @Test
    void keepsSparseAndMultiVectors() throws IOException {
        CollectionDraft draft = create("{'vectors':{'m':{'size':4,'distance':'Dot',"
                + "'multivector_config':{'comparator':'max_sim'}}},"
                + "'sparse_vectors':{'s':{'modifier':'idf','index':{'on_disk':true,'full_scan_threshold':7}},'t':{}}}");
        assertEquals(VectorKind.MULTI, draft.spec().getVectors(0).getKind());
        assertEquals(VectorKind.SPARSE, draft.spec().getVectors(1).getKind());
        assertEquals(Modifier.IDF, draft.spec().getVectors(1).getModifier());
        assertEquals(0, draft.spec().getVectors(2).getSize());
        JsonNode params = shown(draft).at("/config/params");
        assertEquals(
                "max_sim", params.at("/vectors/m/multivector_config/comparator").asText());
        assertEquals("idf", params.at("/sparse_vectors/s/modifier").asText());
        assertEquals(7, params.at("/sparse_vectors/s/index/full_scan_threshold").asInt());
        assertTrue(params.at("/sparse_vectors/t").isObject());
        JsonNode changed =
                shown(draft.update(json("{'sparse_vectors':{'s':{'modifier':'idf','index':{'on_disk':false}}}}")));
        assertFalse(changed.at("/config/params/sparse_vectors/s/index/on_disk").asBoolean());
        assertEquals(1, create("{'sparse_vectors':{'s':{}}}").spec().getVectorsCount(), "no dense vector is needed");
        assertTrue(error(() -> draft.update(json("{'sparse_vectors':{'s':{'modifier':'none'}}}")))
                .contains("not supported"));
        assertTrue(error(() -> create("{'vectors':{'s':{'size':4,'distance':'Dot'}},'sparse_vectors':{'s':{}}}"))
                .contains("a vector has this name"));
    }

    @Test
    void keepsDatatypes() throws IOException {
        CollectionDraft draft = create("{'vectors':{'h':{'size':4,'distance':'Dot','datatype':'float16'},"
                + "'b':{'size':4,'distance':'Cosine','datatype':'uint8','multivector_config':{'comparator':'max_sim'}},"
                + "'f':{'size':4,'distance':'Dot','datatype':'float32'}}}");
        assertEquals(Datatype.FLOAT16, draft.spec().getVectors(0).getDatatype());
        assertEquals(Datatype.UINT8, draft.spec().getVectors(1).getDatatype());
        assertEquals(VectorKind.MULTI, draft.spec().getVectors(1).getKind());
        assertEquals(Datatype.FLOAT32, draft.spec().getVectors(2).getDatatype());
        assertEquals(
                "uint8", shown(draft).at("/config/params/vectors/b/datatype").asText());
    }

    @Test
    void vectorsComeAndGo() throws IOException {
        CollectionDraft draft = create("{'vectors':{'size':4,'distance':'Dot'}}");
        CollectionDraft more = VectorChange.add(
                draft,
                "rows",
                json("{'dense':{'size':8,'distance':'Cosine','datatype':'float16',"
                        + "'multivector_config':{'comparator':'max_sim'}}}"));
        assertEquals(more.spec().getVectors(1), more.command().getAddVector().getVector());
        assertEquals(VectorKind.MULTI, more.spec().getVectors(1).getKind());
        more = VectorChange.add(more, "words", json("{'sparse':{'modifier':'idf','datatype':'float16'}}"));
        JsonNode params = shown(more).at("/config/params");
        assertEquals(4, params.at("/vectors").get("").get("size").asInt());
        assertEquals("float16", params.at("/vectors/rows/datatype").asText());
        assertEquals("idf", params.at("/sparse_vectors/words/modifier").asText());
        CollectionDraft again = VectorChange.add(more, "rows", json("{'dense':{'size':9,'distance':'Dot'}}"));
        assertEquals(9, again.command().getAddVector().getVector().getSize(), "the engine refuses it");
        assertEquals(more.spec(), again.spec());
        CollectionDraft changed = more.update(json("{'vectors':{'':{'hnsw_config':{'m':5},"
                + "'quantization_config':{'binary':{}}},'rows':{'on_disk':true}}}"));
        assertEquals(1, changed.command().getUpdateCollection().getVectorsCount());
        assertEquals("", changed.command().getUpdateCollection().getVectors(0).getName());
        assertEquals(5, changed.spec().getVectors(0).getHnsw().getM());
        CollectionDraft disabled = changed.update(json("{'vectors':{'':{'quantization_config':'Disabled'}}}"));
        assertEquals(5, disabled.spec().getVectors(0).getHnsw().getM(), "kept");
        assertEquals(
                Quantization.Kind.NONE,
                disabled.spec().getVectors(0).getHnsw().getQuantization().getKind());
        CollectionDraft less = VectorChange.remove(VectorChange.remove(more, "words"), "rows");
        assertEquals(draft.spec(), less.spec());
        assertEquals(draft.configJson(), less.configJson());
        assertEquals("rows", less.command().getRemoveVector().getName());
        assertEquals(less.configJson(), VectorChange.remove(less, "none").configJson());
        assertEquals(
                "400 Format error in JSON body: expected exactly one of `dense`, `sparse`",
                error(() -> VectorChange.add(draft, "x", json("{}"))));
        assertEquals(
                "422 Validation error in path parameters: [vector_name: must have 1 to 255 characters, none of them zero]",
                error(() -> VectorChange.remove(draft, "x".repeat(256))));
        assertEquals(
                "400 Format error in JSON body: dense: missing field `distance`",
                error(() -> VectorChange.add(draft, "x", json("{'dense':{'size':4}}"))));
    }

    @Test
    void namesTheDistances() throws IOException {
        assertTrue(error(() -> create("{'vectors':{'size':4,'distance':'cosine'}}"))
                .startsWith("400 Format error in JSON body: vectors.distance: expected one of ["));
    }

    @Test
    void refusesRepeatedFields() throws IOException {
        assertTrue(error(() -> create("{'vectors':{'size':4,'size':5,'distance':'Dot'}}"))
                .startsWith("400 Format error in JSON body: Duplicate field 'size'"));
    }

    @Test
    void readsFieldIndexes() throws IOException {
        assertEquals(
                FieldType.KEYWORD,
                FieldIndexReader.read(json("{'field_name':'a','field_schema':'keyword'}"))
                        .getType());
        assertEquals(
                FieldType.INTEGER,
                FieldIndexReader.read(json("{'field_name':'a.b[]','field_schema':{'type':'integer','range':true}}"))
                        .getType());
        assertEquals(
                FieldType.UUID,
                FieldIndexReader.read(json("{'field_name':'a','field_type':'uuid'}"))
                        .getType());
        assertEquals(
                "400 Format error in JSON body: missing field `field_name`",
                error(() -> FieldIndexReader.read(json("{'field_schema':'keyword'}"))));
        assertEquals(
                "400 Format error in JSON body: missing field `field_schema`",
                error(() -> FieldIndexReader.read(json("{'field_name':'a'}"))));
        assertTrue(error(() -> FieldIndexReader.read(json("{'field_name':'a','field_schema':'words'}")))
                .startsWith("400 Format error in JSON body: field_schema: expected one of ["));
        assertEquals(
                "400 Format error in JSON body: field_schema: missing field `type`",
                error(() -> FieldIndexReader.read(json("{'field_name':'a','field_schema':{}}"))));
        assertEquals(
                "422 Validation error in JSON body: [field_name: a payload key is not empty]",
                error(() -> FieldIndexReader.read(json("{'field_name':'','field_schema':'keyword'}"))));
    }
}
