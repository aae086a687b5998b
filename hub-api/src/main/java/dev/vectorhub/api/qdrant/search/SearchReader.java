package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.point.ReadRequests;
import dev.vectorhub.api.qdrant.point.SelectionReader;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of {@code …/points/search} and {@code …/points/query}, alone and as {@code searches} of a batch. They differ in
 * how they name what to look for ({@code vector}, or {@code query} with {@code using}) and in which fields are required.
 */
public final class SearchReader {

    /** Which of the two the body is. */
    public enum Form {
        /** {@code vector} and {@code limit} are required. */
        SEARCH,
        /** {@code query} is required; {@code limit} is 10 unless given. */
        QUERY
    }

    private static final int LIMIT_DEFAULT = 10;

    private final JsonBody body;
    private final VectorSchema schema;
    private final RequestBounds bounds;
    private final Form form;

    private SearchReader(JsonBody body, VectorSchema schema, RequestBounds bounds, Form form) {
        this.body = body;
        this.schema = schema;
        this.bounds = bounds;
        this.form = form;
    }

    /** One search. */
    public static SearchRequest one(
            byte[] bytes, CollectionRef collection, VectorSchema schema, RequestBounds bounds, Form form) {
        return JsonBody.read(
                bytes,
                body -> SearchRequest.newBuilder()
                        .setCollection(collection)
                        .addQueries(new SearchReader(body, schema, bounds, form).query())
                        .build());
    }

    /** {@code {"searches":[…]}}; may be empty. */
    public static SearchRequest batch(
            byte[] bytes, CollectionRef collection, VectorSchema schema, RequestBounds bounds, Form form) {
        return JsonBody.read(bytes, body -> {
            SearchReader reader = new SearchReader(body, schema, bounds, form);
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
                        request.addQueries(reader.query());
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

    /** A vector whose name, and so whose size, may come later. */
    private static final class Target {
        private String using = "";
        private @Nullable ByteString vector;
        private String path = "";
        private int seen;
    }

    private SearchQuery query() {
        body.expectObject();
        SearchQuery.Builder query = SearchQuery.newBuilder();
        Target target = new Target();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "limit", "top" -> {
                    seen = body.once(seen, 1);
                    if (form == Form.SEARCH || !body.isNull()) {
                        query.setLimit(body.count(1, bounds.limitMax()));
                    }
                }
                case "offset" -> {
                    seen = body.once(seen, 2);
                    if (!body.isNull()) {
                        query.setOffset(body.count(0, bounds.offsetMax()));
                    }
                }
                case "filter" -> {
                    seen = body.once(seen, 4);
                    Filter filter = FilterReader.read(body);
                    if (filter != null) {
                        query.setFilter(filter);
                    }
                }
                case "score_threshold" -> {
                    seen = body.once(seen, 8);
                    if (!body.isNull()) {
                        query.setScoreThreshold(body.float32());
                    }
                }
                case "params" -> {
                    seen = body.once(seen, 16);
                    if (!body.isNull()) {
                        query.setParams(SearchParamsReader.read(body));
                    }
                }
                case "with_payload" -> {
                    seen = body.once(seen, 32);
                    query.setWithPayload(SelectionReader.payload(body, SelectionReader.NO_PAYLOAD));
                }
                case "with_vector", "with_vectors" -> {
                    seen = body.once(seen, 64);
                    query.setWithVector(SelectionReader.vector(body));
                }
                case "shard_key" -> ReadRequests.noShardKey(body);
                default -> target(field, target, query);
            }
        }
        finish(query, target);
        return query.build();
    }

    private void target(String field, Target target, SearchQuery.Builder query) {
        if (form == Form.SEARCH) {
            if (field.equals("vector")) {
                target.seen = body.once(target.seen, 1);
                searchVector(target);
            } else {
                body.skip();
            }
            return;
        }
        switch (field) {
            case "query" -> {
                target.seen = body.once(target.seen, 1);
                interpret(target, query, true);
            }
            case "using" -> {
                target.seen = body.once(target.seen, 2);
                if (!body.isNull()) {
                    target.using = body.string();
                }
            }
            case "prefetch" -> {
                boolean none = body.isNull() || (body.at(JsonToken.START_ARRAY) && !body.nextElement());
                if (!none) {
                    throw body.unsupported("prefetches are");
                }
            }
            case "lookup_from" -> {
                if (!body.isNull()) {
                    throw body.unsupported("lookups in other collections are");
                }
            }
            default -> body.skip();
        }
    }

    /** A list of numbers, or {@code {"name":…,"vector":[…]}}. */
    private void searchVector(Target target) {
        if (!body.at(JsonToken.START_OBJECT)) {
            dense(target);
            return;
        }
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "name" -> {
                    seen = body.once(seen, 1);
                    target.using = body.string();
                }
                case "vector" -> {
                    seen = body.once(seen, 2);
                    dense(target);
                }
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("name");
        }
        if ((seen & 2) == 0) {
            throw body.missing("vector");
        }
    }

    private void dense(Target target) {
        target.vector = VectorReader.readAny(body, schema.largest());
        target.path = body.path();
    }

    /** A point id, a vector, or an object that says which kind of query it is. */
    private void interpret(Target target, SearchQuery.Builder query, boolean kinds) {
        switch (body.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> query.setId(PointIdJson.read(body));
            case START_ARRAY -> dense(target);
            case START_OBJECT -> {
                if (!kinds) {
                    throw body.unsupported("sparse vectors and inference are");
                }
                kind(target, query);
            }
            case VALUE_NULL -> throw body.unsupported("queries without a vector or an id are");
            default -> throw body.mismatch("a vector, a point id or a query");
        }
    }

    private void kind(Target target, SearchQuery.Builder query) {
        boolean nearest = false;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "nearest" -> {
                    if (nearest) {
                        throw body.format("duplicate field");
                    }
                    nearest = true;
                    interpret(target, query, false);
                }
                case "mmr" -> {
                    if (!body.isNull()) {
                        throw body.unsupported("maximal marginal relevance is");
                    }
                }
                case "recommend",
                        "discover",
                        "context",
                        "order_by",
                        "fusion",
                        "rrf",
                        "formula",
                        "sample",
                        "relevance_feedback" -> throw body.unsupported("the query `" + field + "` is");
                case "indices", "values", "text", "image", "object", "model" ->
                    throw body.unsupported("sparse vectors and inference are");
                default -> body.skip();
            }
        }
        if (!nearest) {
            throw body.format("expected a vector, a point id or `nearest`");
        }
    }

    private void finish(SearchQuery.Builder query, Target target) {
        if (form == Form.SEARCH) {
            if (target.vector == null) {
                throw body.missing("vector");
            }
            if (query.getLimit() == 0) {
                throw body.missing("limit");
            }
        } else if (query.getLimit() == 0) {
            query.setLimit(LIMIT_DEFAULT);
        }
        query.setUsing(target.using);
        int size = schema.size(target.using);
        ByteString vector = target.vector;
        if (vector != null) {
            if (vector.size() != size * Float.BYTES) {
                throw VectorReader.wrongSize(size, vector.size() / Float.BYTES, target.path);
            }
            query.setF32(vector);
        } else if (!query.hasId()) {
            throw noQuery();
        }
    }

    private TenantApiException noQuery() {
        return body.unsupported("queries without a vector or an id are");
    }
}
