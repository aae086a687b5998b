package dev.vectorhub.api.qdrant.search;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchReaderTest {

    private static final Lookup.Vectors NO_LOOKUPS = (collection, vector, id) -> {
        throw new AssertionError("nothing is looked up");
    };

    private static final Sources SOURCES = new Sources(NO_LOOKUPS, new Documents(Documents.Use.SOUGHT, 10));

    private static final VectorSchema UNNAMED = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setSize(2))
            .build());
    private static final VectorSchema NAMED = VectorSchema.of(CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setName("a").setSize(2))
            .addVectors(VectorParams.newBuilder().setName("b").setSize(3))
            .build());
    private static final RequestBounds BOUNDS = new RequestBounds(20, 30, 2, 1_000);
    private static final CollectionRef COLLECTION = CollectionRef.getDefaultInstance();

    private static SearchQuery search(VectorSchema schema, String text) {
        return SearchReader.one(json(text), COLLECTION, schema, BOUNDS, Form.SEARCH, SOURCES)
                .getQueries(0);
    }

    private static SearchQuery query(VectorSchema schema, String text) {
        return SearchReader.one(json(text), COLLECTION, schema, BOUNDS, Form.QUERY, SOURCES)
                .getQueries(0);
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
        assertEquals(
                8,
                search(MIXED, "{'vector':{'name':'s','vector':{'indices':[3,1],'values':[1,2]}},'limit':1}")
                        .getSparse()
                        .getIndices()
                        .size());
        assertEquals(
                4,
                query(MIXED, "{'using':'s','query':{'indices':[3],'values':[1]}}")
                        .getSparse()
                        .getValues()
                        .size());
        assertEquals(
                2,
                query(MIXED, "{'using':'m','query':[[1,2],[3,4]]}").getMulti().getRows());
        assertEquals(8, query(MIXED, "{'using':'m','query':[1,2]}").getF32().size());
        SearchQuery fused = query(
                MIXED,
                "{'prefetch':[{'using':'s','query':{'nearest':{'indices':[3],'values':[1]}}},"
                        + "{'using':'m','query':{'nearest':[[1,2]]}}],'query':{'fusion':'rrf'}}");
        assertTrue(fused.getPrefetch(0).hasSparse());
        assertTrue(fused.getPrefetch(1).hasMulti());
        var recommend = query(
                        MIXED,
                        "{'using':'s','query':{'recommend':{'positive':[{'indices':[3],'values':[1]},7],"
                                + "'strategy':'sum_scores'}}}")
                .getComposed()
                .getRecommend();
        assertTrue(recommend.getPositive(0).hasSparse());
        assertEquals(7, recommend.getPositive(1).getId().getNum());
        assertEquals(
                "400 Wrong input: Conversion between sparse and regular vectors failed (query.recommend.positive[0])",
                error(() -> query(MIXED, "{'using':'s','query':{'recommend':{'positive':[[1,2]]}}}")));
        assertEquals(
                "400 Format error in JSON body: query.recommend.positive[0].values[0]: expected a number, got the"
                        + " string \"x\"",
                error(() -> query(
                        MIXED, "{'using':'s','query':{'recommend':{'positive':[{'indices':[3],'values':['x']}]}}}")));
    }

    @Test
    void readsSearch() {
        SearchQuery query = search(
                UNNAMED,
                "{'vector':[1,2],'limit':5,'offset':3,'score_threshold':0.5,'with_payload':true,'with_vector':true,"
                        + "'filter':{'must':[]},'params':{'hnsw_ef':64,'exact':true,'indexed_only':false,"
                        + "'quantization':{'rescore':true,'oversampling':2.0},'acorn':{'enable':true}}}");
        assertEquals(8, query.getF32().size());
        assertEquals(5, query.getLimit());
        assertEquals(3, query.getOffset());
        assertEquals(0.5f, query.getScoreThreshold());
        assertTrue(query.getWithPayload().getEnabled());
        assertTrue(query.getWithVector().getEnabled());
        assertTrue(query.hasFilter());
        assertEquals(64, query.getParams().getHnswEf());
        assertTrue(query.getParams().getExact());
        assertTrue(query.getParams().getQuantization().getRescore());
        assertEquals(2.0f, query.getParams().getQuantization().getOversampling());
        query = search(NAMED, "{'top':5,'vector':{'vector':[1,2,3],'name':'b'}}");
        assertEquals("b", query.getUsing());
        assertEquals(12, query.getF32().size());
        assertFalse(query.hasScoreThreshold());
    }

    @Test
    void readsQuery() {
        assertEquals(10, query(UNNAMED, "{'query':[1,2]}").getLimit());
        assertEquals(10, query(UNNAMED, "{'query':[1,2],'limit':null}").getLimit());
        assertEquals(7, query(UNNAMED, "{'query':7}").getId().getNum());
        assertTrue(query(UNNAMED, "{'query':'936da01f9abd4d9d80c702af85c822a8'}")
                .getId()
                .hasUuid());
        assertEquals(8, query(UNNAMED, "{'query':{'nearest':[1,2]}}").getF32().size());
        assertEquals(
                7, query(UNNAMED, "{'query':{'nearest':7,'mmr':null}}").getId().getNum());
        assertEquals(
                12,
                query(NAMED, "{'query':[1,2,3],'using':'b','prefetch':[],'lookup_from':null}")
                        .getF32()
                        .size());
        assertEquals(8, query(NAMED, "{'using':'a','query':[1,2]}").getF32().size());
    }

    @Test
    void readsBatches() {
        SearchRequest request = SearchReader.batch(
                json("{'searches':[{'query':1},{'query':[1,2],'limit':3}]}"),
                COLLECTION,
                UNNAMED,
                BOUNDS,
                Form.QUERY,
                SOURCES);
        assertEquals(
                List.of(10, 3),
                request.getQueriesList().stream().map(SearchQuery::getLimit).toList());
        assertEquals(
                "422 Validation error in JSON body: [searches[2]: a batch has at most 2 searches]",
                error(() -> SearchReader.batch(
                        json("{'searches':[{'query':1},{'query':1},{'query':1}]}"),
                        COLLECTION,
                        UNNAMED,
                        BOUNDS,
                        Form.QUERY,
                        SOURCES)));
        assertEquals(
                "400 Wrong input: Vector dimension error: expected dim: 2, got 3 (searches[1].vector)",
                error(() -> SearchReader.batch(
                        json("{'searches':[{'vector':[1,2],'limit':1},{'vector':[1,2,3],'limit':1}]}"),
                        COLLECTION,
                        UNNAMED,
                        BOUNDS,
                        Form.SEARCH,
                        SOURCES)));
        assertEquals(
                "400 Format error in JSON body: missing field `searches`",
                error(() -> SearchReader.batch(json("{}"), COLLECTION, UNNAMED, BOUNDS, Form.SEARCH, SOURCES)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'limit':1} | 400 Format error in JSON body: missing field `vector`",
                "{'vector':[1,2]} | 400 Format error in JSON body: missing field `limit`",
                "{'vector':[1,2],'limit':0} | 422 Validation error in JSON body: [limit: value 0 invalid, must be from 1 to 20]",
                "{'vector':[1,2],'limit':21} | 422 Validation error in JSON body: [limit: value 21 invalid, must be from 1 to 20]",
                "{'vector':[1,2],'limit':1,'offset':31} | 422 Validation error in JSON body: [offset: value 31 invalid, must be from 0 to 30]",
                "{'vector':[1,2],'limit':1,'offset':-1} | 400 Format error in JSON body: offset: expected a whole number that is at least 0, got the number -1",
                "{'vector':[1],'limit':1} | 400 Wrong input: Vector dimension error: expected dim: 2, got 1 (vector)",
                "{'vector':{'name':'x','vector':[1,2]},'limit':1} | 400 Wrong input: Not existing vector name error: x (vector.vector)",
                "{'vector':{'vector':[1,2]},'limit':1} | 400 Format error in JSON body: vector: missing field `name`",
                "{'vector':'x','limit':1} | 400 Format error in JSON body: vector: expected a list of numbers, got the string \"x\"",
                "{'vector':[1,2],'limit':1,'params':{'hnsw_ef':0}} | 422 Validation error in JSON body: [params.hnsw_ef: value 0 invalid, must be from 1 to 65536]",
                "{'vector':[1,2],'limit':1,'params':{'quantization':{'oversampling':0.5}}} | 422 Validation error in JSON body: [params.quantization.oversampling: value 0.5 invalid, must be 1.0 or larger]",
                "{'vector':[1,2],'limit':1,'score_threshold':'x'} | 400 Format error in JSON body: score_threshold: expected a number, got the string \"x\""
            })
    void namesWhatIsWrongInSearch(String text, String expected) {
        assertEquals(expected, error(() -> search(UNNAMED, text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'query':{'recommend':{}}} | 422 Validation error in JSON body: [query.recommend.positive: at least one example is needed]",
                "{'query':{'recommend':{'positive':[1,[1]]}}} | 400 Wrong input: Vector dimension error: expected dim: 2, got 1 (query.recommend.positive[1])",
                "{'query':{'recommend':{'positive':[1],'strategy':'worst'}}} | 400 Format error in JSON body: query.recommend.strategy: expected one of",
                "{'query':{'discover':{'target':1}}} | 400 Format error in JSON body: query.discover: missing field `context`",
                "{'query':{'fusion':'x'}} | 400 Format error in JSON body: query.fusion: expected one of",
                "{'query':{'rrf':{'k':0}}} | 422 Validation error in JSON body: [query.rrf.k: value 0 invalid, must be from 1 to 1000000]",
                "{'query':{'nearest':[1,2],'mmr':{'diversity':2}}} | 422 Validation error in JSON body: [query.mmr.diversity: value 2 invalid, must be from 0.0 to 1.0]",
                "{'query':{'formula':{'sum':[1,{'pow':{'base':2}}]}}} | 400 Format error in JSON body: query.formula.sum[1].pow: missing field `exponent`",
                "{'query':{'formula':'$scores'}} | 400 Format error in JSON body: query.formula: unknown variable `$scores`",
                "{'query':{'formula':{'exp_decay':{'x':1,'midpoint':1}}}} | 422 Validation error in JSON body: [query.formula.exp_decay.midpoint: value 1 invalid, must be between 0.0 and 1.0]",
                "{'query':{'order_by':{}}} | 400 Format error in JSON body: query.order_by: missing field `key`",
                "{'query':{'indices':[1],'values':[1]}} | 400 Wrong input: Conversion between sparse and regular vectors failed (query)",
                "{'query':{'nearest':{'indices':[1]}}} | 400 Format error in JSON body: query.nearest: missing field `values`",
                "{'query':[[1,2]]} | 400 Wrong input: Conversion between multi and regular vectors failed (query)",
                "{'query':{}} | 400 Format error in JSON body: query: expected a vector, a point id or one of `nearest`",
                "{'prefetch':{'query':1}} | 400 Format error in JSON body: a query is needed to merge the prefetches",
                "{'prefetch':[{'query':[1]}],'query':1} | 400 Wrong input: Vector dimension error: expected dim: 2, got 1 (prefetch[0].query)",
                "{'query':1,'lookup_from':{}} | 400 Format error in JSON body: lookup_from: missing field `collection`",
                "{'query':[1,2],'using':'x'} | 400 Wrong input: Not existing vector name error: x (using)",
                "{'query':'x'} | 400 Format error in JSON body: query: value x is not a valid point ID, valid values are either an unsigned integer or a UUID"
            })
    void namesWhatIsWrongInQuery(String text, String expected) {
        String error = error(() -> query(UNNAMED, text));
        assertTrue(error.startsWith(expected), error);
    }
}
