package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of everything that ranks: the universal query, and the older searches, recommendations and discoveries as
 * translations to it; alone, as {@code searches} of a batch, and in groups. {@link QueryReader} reads each.
 */
public final class SearchReader {

    /** How a body names what to look for. */
    public enum Form {
        /** {@code vector} and {@code limit} are required. */
        SEARCH,
        /** {@code query}, and {@code prefetch} below it; {@code limit} is 10 unless given. */
        QUERY,
        /** {@code positive}, {@code negative}, {@code strategy}; {@code limit} is required. */
        RECOMMEND,
        /** {@code target} and {@code context}; {@code limit} is required. */
        DISCOVER
    }

    private SearchReader() {}

    /** One search. */
    public static SearchRequest one(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(
                bytes,
                body -> SearchRequest.newBuilder()
                        .setCollection(collection)
                        .addQueries(new QueryReader(body, schema, bounds, form, false, sources).query())
                        .build());
    }

    /** The same in the form {@code QUERY}, whose query is not in the body: it is this vector. */
    static SearchRequest nearest(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Sources sources,
            ByteString f32) {
        return JsonBody.read(bytes, body -> {
            QueryReader reader = new QueryReader(body, schema, bounds, Form.QUERY, false, sources);
            return SearchRequest.newBuilder()
                    .setCollection(collection)
                    .addQueries(reader.around(
                            new Input(QueryInput.newBuilder().setF32(f32).build(), "query")))
                    .build();
        });
    }

    /** {@code {"searches":[…]}}; may be empty. */
    public static SearchRequest batch(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(bytes, body -> {
            SearchRequest.Builder request = SearchRequest.newBuilder().setCollection(collection);
            body.expectObject();
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                if (field.equals("searches")) {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        if (request.getQueriesCount() == bounds.batchMax()) {
                            throw body.invalid("a batch has at most " + bounds.batchMax() + " searches");
                        }
                        request.addQueries(new QueryReader(body, schema, bounds, form, false, sources).query());
                    }
                } else {
                    body.skip();
                }
            }
            if (seen == 0) {
                throw body.missing("searches");
            }
            return request.build();
        });
    }

    /** @param withLookup as the body has it; null where it has none */
    record Grouped(SearchRequest request, @Nullable JsonNode withLookup) {}

    /** A search whose hits come in groups. */
    static Grouped groups(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(bytes, body -> {
            QueryReader reader = new QueryReader(body, schema, bounds, form, true, sources);
            SearchRequest request = SearchRequest.newBuilder()
                    .setCollection(collection)
                    .addQueries(reader.query())
                    .build();
            return new Grouped(request, reader.withLookup());
        });
    }
}
