package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.ScrollRequest;

/** Bodies of the reads that do not rank: by id, in id order, by number. */
public final class ReadRequests {

    /** Points of a page where the request names no limit; Qdrant's. */
    static final int LIMIT_DEFAULT = 10;

    private ReadRequests() {}

    /** {@code GET …/points/{id}}: everything of one point. */
    public static RetrieveRequest one(CollectionRef collection, PointId id) {
        return RetrieveRequest.newBuilder()
                .setCollection(collection)
                .addIds(id)
                .setWithPayload(SelectionReader.ALL_PAYLOAD)
                .setWithVector(SelectionReader.ALL_VECTORS)
                .build();
    }

    /** {@code POST …/points}. */
    public static RetrieveRequest retrieve(
            byte[] bytes, CollectionRef collection, VectorSchema schema, RequestBounds bounds) {
        return JsonBody.read(bytes, body -> {
            body.expectObject();
            RetrieveRequest.Builder request =
                    RetrieveRequest.newBuilder().setCollection(collection).setWithPayload(SelectionReader.ALL_PAYLOAD);
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                switch (field) {
                    case "ids" -> {
                        seen = body.once(seen, 1);
                        ids(body, request, bounds);
                    }
                    case "with_payload" -> {
                        seen = body.once(seen, 2);
                        request.setWithPayload(SelectionReader.payload(body, SelectionReader.ALL_PAYLOAD));
                    }
                    case "with_vector", "with_vectors" -> {
                        seen = body.once(seen, 4);
                        request.setWithVector(SelectionReader.vector(body, schema));
                    }
                    case "shard_key" -> noShardKey(body);
                    default -> body.skip();
                }
            }
            if ((seen & 1) == 0) {
                throw body.missing("ids");
            }
            return request.build();
        });
    }

    private static void ids(JsonBody body, RetrieveRequest.Builder request, RequestBounds bounds) {
        body.expectArray();
        while (body.nextElement()) {
            if (request.getIdsCount() == bounds.limitMax()) {
                throw body.invalid("a request has at most " + bounds.limitMax() + " ids");
            }
            request.addIds(PointIdJson.read(body));
        }
    }

    /** {@code POST …/points/scroll}. */
    public static ScrollRequest scroll(
            byte[] bytes, CollectionRef collection, VectorSchema schema, RequestBounds bounds) {
        return JsonBody.read(bytes, body -> {
            body.expectObject();
            ScrollRequest.Builder request = ScrollRequest.newBuilder()
                    .setCollection(collection)
                    .setLimit(LIMIT_DEFAULT)
                    .setWithPayload(SelectionReader.ALL_PAYLOAD);
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                switch (field) {
                    case "limit" -> {
                        seen = body.once(seen, 1);
                        if (!body.isNull()) {
                            request.setLimit(body.count(1, bounds.limitMax()));
                        }
                    }
                    case "offset" -> {
                        seen = body.once(seen, 2);
                        if (!body.isNull()) {
                            request.setOffset(PointIdJson.read(body));
                        }
                    }
                    case "filter" -> {
                        seen = body.once(seen, 4);
                        Filter filter = FilterReader.read(body);
                        if (filter != null) {
                            request.setFilter(filter);
                        }
                    }
                    case "with_payload" -> {
                        seen = body.once(seen, 8);
                        PayloadSelector payload = SelectionReader.payload(body, SelectionReader.ALL_PAYLOAD);
                        request.setWithPayload(payload);
                    }
                    case "with_vector", "with_vectors" -> {
                        seen = body.once(seen, 16);
                        request.setWithVector(SelectionReader.vector(body, schema));
                    }
                    case "order_by" -> {
                        seen = body.once(seen, 32);
                        String at = body.path();
                        JsonNode order = body.tree();
                        if (!order.isNull()) {
                            request.setOrderBy(OrderReader.read(order, at));
                        }
                    }
                    case "shard_key" -> noShardKey(body);
                    default -> body.skip();
                }
            }
            if (request.hasOrderBy() && request.hasOffset()) {
                throw body.format("either `offset` or `order_by`, not both: page on with `order_by.start_from`");
            }
            return request.build();
        });
    }

    /** {@code POST …/points/count}; {@code exact} is checked and changes nothing: counts are exact. */
    public static CountRequest count(byte[] bytes, CollectionRef collection) {
        return JsonBody.read(bytes, body -> {
            body.expectObject();
            CountRequest.Builder request = CountRequest.newBuilder().setCollection(collection);
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                switch (field) {
                    case "filter" -> {
                        seen = body.once(seen, 1);
                        Filter filter = FilterReader.read(body);
                        if (filter != null) {
                            request.setFilter(filter);
                        }
                    }
                    case "exact" -> {
                        seen = body.once(seen, 2);
                        body.bool();
                    }
                    case "shard_key" -> noShardKey(body);
                    default -> body.skip();
                }
            }
            return request.build();
        });
    }

    /** 400 unless the value is null. */
    public static void noShardKey(JsonBody body) {
        if (!body.isNull()) {
            throw body.unsupported("shard keys are");
        }
    }

    /** {@code POST …/facet}. */
    public static FacetRequest facet(byte[] bytes, CollectionRef collection, RequestBounds bounds) {
        return JsonBody.read(bytes, body -> {
            body.expectObject();
            FacetRequest.Builder request =
                    FacetRequest.newBuilder().setCollection(collection).setLimit(LIMIT_DEFAULT);
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                switch (field) {
                    case "key" -> {
                        seen = body.once(seen, 1);
                        request.setKey(body.string());
                        if (request.getKey().isEmpty()) {
                            throw body.invalid("a payload key is not empty");
                        }
                    }
                    case "limit" -> {
                        seen = body.once(seen, 2);
                        if (!body.isNull()) {
                            request.setLimit(body.count(1, bounds.limitMax()));
                        }
                    }
                    case "filter" -> {
                        seen = body.once(seen, 4);
                        Filter filter = FilterReader.read(body);
                        if (filter != null) {
                            request.setFilter(filter);
                        }
                    }
                    case "exact" -> {
                        seen = body.once(seen, 8);
                        if (!body.isNull()) {
                            request.setExact(body.bool());
                        }
                    }
                    case "shard_key" -> noShardKey(body);
                    default -> body.skip();
                }
            }
            if ((seen & 1) == 0) {
                throw body.missing("key");
            }
            return request.build();
        });
    }
}
