package dev.vectorhub.api.qdrant.json;

import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.point.PayloadRequests;
import dev.vectorhub.api.qdrant.point.ReadRequests;
import dev.vectorhub.api.qdrant.point.UpsertReader;
import dev.vectorhub.api.qdrant.search.SearchReader;
import dev.vectorhub.api.qdrant.search.Sources;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.function.Function;

/** A body that is right for each reader, and the reader. */
enum Templates {
    UPSERT(
            "{'points':[{'id':1,'vector':{'a':[1,2,3],'b':[0.5]},'payload':{'k':[{'x':null}],'y':'z'}},"
                    + "{'id':'936da01f-9abd-4d9d-80c7-02af85c822a8','vector':{'a':[1,2,3]}}]}",
            body -> UpsertReader.read(body, Templates.schema(), Templates.documents())),
    UPSERT_BATCH(
            "{'batch':{'ids':[1,2],'vectors':{'a':[[1,2,3],[4,5,6]]},'payloads':[{'k':1},null]}}",
            body -> UpsertReader.read(body, Templates.schema(), Templates.documents())),
    SEARCH(
            "{'vector':{'name':'a','vector':[1,2,3]},'limit':3,'offset':1,'with_payload':{'include':['k']},"
                    + "'with_vector':['a'],'score_threshold':0.5,'params':{'hnsw_ef':10,'exact':false},"
                    + "'filter':{'must':[{'key':'k','match':{'any':['x','y']}},{'key':'n','range':{'gt':1.5}}]}}",
            body -> SearchReader.one(
                    body,
                    CollectionRef.getDefaultInstance(),
                    Templates.schema(),
                    RequestBounds.DEFAULTS,
                    SearchReader.Form.SEARCH,
                    Templates.sources())),
    QUERY_BATCH(
            "{'searches':[{'query':{'nearest':[1,2,3]},'using':'a','limit':3},{'query':7,'using':'b'}]}",
            body -> SearchReader.batch(
                    body,
                    CollectionRef.getDefaultInstance(),
                    Templates.schema(),
                    RequestBounds.DEFAULTS,
                    SearchReader.Form.QUERY,
                    Templates.sources())),
    COMPOSED(
            "{'prefetch':[{'query':[1,2,3],'using':'a','limit':3},{'prefetch':{'query':7,'using':'b'},"
                    + "'query':{'recommend':{'positive':[1,[1,2,3]],'negative':[2],'strategy':'best_score'}},'using':'a'}],"
                    + "'query':{'formula':{'sum':['$score',{'mult':[0.5,{'key':'k','match':{'value':1}}]},"
                    + "{'exp_decay':{'x':'n','target':3,'scale':2,'midpoint':0.4}}]},'defaults':{'n':1}},'limit':5}",
            body -> SearchReader.one(
                    body,
                    CollectionRef.getDefaultInstance(),
                    Templates.schema(),
                    RequestBounds.DEFAULTS,
                    SearchReader.Form.QUERY,
                    Templates.sources())),
    SCROLL(
            "{'limit':3,'offset':7,'filter':{'must_not':{'is_empty':{'key':'k'}}},'with_payload':true}",
            body -> ReadRequests.scroll(body, CollectionRef.getDefaultInstance(), schema(), RequestBounds.DEFAULTS)),
    RETRIEVE(
            "{'ids':[1,'936da01f9abd4d9d80c702af85c822a8'],'with_payload':['a'],'with_vector':true}",
            body -> ReadRequests.retrieve(body, CollectionRef.getDefaultInstance(), schema(), RequestBounds.DEFAULTS)),
    SET_PAYLOAD(
            "{'payload':{'a':{'b':[1,2,{'c':true}]}},'points':[1,2],'key':'x.y'}",
            body -> PayloadRequests.set(body, false)),
    DELETE_PAYLOAD("{'keys':['a','b'],'filter':{'should':[{'has_id':[1,2]}]}}", PayloadRequests::delete),
    FILTER(
            "{'should':[{'key':'a','match':{'value':1}},{'must':[{'is_null':{'key':'b'}}]}],"
                    + "'min_should':{'conditions':[{'has_id':[1]},{'key':'c','is_empty':true}],'min_count':1}}",
            body -> JsonBody.read(body, FilterReader::read));

    final String json;
    // Each is a lambda that captures nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<byte[], Object> reader;

    Templates(String json, Function<byte[], Object> reader) {
        this.json = json.replace('\'', '"');
        this.reader = reader;
    }

    Object read(byte[] body) {
        return reader.apply(body);
    }

    private static Documents documents() {
        return new Documents(Documents.Use.STORED, 10);
    }

    private static Sources sources() {
        return new Sources(
                (collection, vector, id) -> {
                    throw new AssertionError("nothing is looked up");
                },
                new Documents(Documents.Use.SOUGHT, 10));
    }

    private static VectorSchema schema() {
        return VectorSchema.of(CollectionSpec.newBuilder()
                .addVectors(VectorParams.newBuilder().setName("a").setSize(3))
                .addVectors(VectorParams.newBuilder().setName("b").setSize(1))
                .build());
    }
}
