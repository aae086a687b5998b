package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.query.GroupHits;
import dev.vectorhub.engine.node.codec.FilterCodec;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.node.codec.QueryCodec;
import dev.vectorhub.engine.node.codec.ReadCodec;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads, straight from the store on the caller's thread: no log, no lock, no hand-over. */
final class StoreReads {
    private static final int QUERIES_MAX = 1000;

    private final EngineStore store;

    StoreReads(EngineStore store) {
        this.store = store;
    }

    SearchResponse search(SearchRequest request) {
        if (request.getQueriesCount() > QUERIES_MAX) {
            throw new EngineException(
                    RejectionCode.INVALID_ARGUMENT,
                    "a batch has at most " + QUERIES_MAX + " searches, this one has " + request.getQueriesCount());
        }
        UUID tenant = tenant(request.getCollection());
        UUID collection = collection(request.getCollection());
        var response = SearchResponse.newBuilder();
        long scanned = 0;
        long bytes = 0;
        for (SearchQuery query : request.getQueriesList()) {
            if (query.hasGroup()) {
                GroupHits hits =
                        store.queryGroups(tenant, collection, QueryCodec.query(query), QueryCodec.grouping(query));
                response.addResults(ReadCodec.result(hits));
                scanned += hits.vectorsScanned();
                bytes += hits.bytesRead();
                continue;
            }
            SearchHits hits = QueryCodec.isComposed(query)
                    ? store.query(tenant, collection, QueryCodec.query(query))
                    : store.search(tenant, collection, ReadCodec.search(query));
            response.addResults(ReadCodec.result(hits));
            scanned += hits.vectorsScanned();
            bytes += hits.bytesRead();
        }
        return response.setCost(cost(scanned, bytes)).build();
    }

    RetrieveResponse retrieve(RetrieveRequest request) {
        var points = store.retrieve(
                tenant(request.getCollection()),
                collection(request.getCollection()),
                ModelCodec.ids(request.getIdsList()),
                ReadCodec.payload(request.getWithPayload()),
                ReadCodec.vectors(request.getWithVector()));
        var response = RetrieveResponse.newBuilder().setCost(cost(0, ReadCodec.bytes(points)));
        for (var point : points) {
            response.addPoints(ModelCodec.point(point));
        }
        return response.build();
    }

    private static @Nullable Filter filter(boolean present, dev.vectorhub.engine.wire.v1.Filter filter) {
        return present ? FilterCodec.filter(filter) : null;
    }

    private ScrollResponse ordered(ScrollRequest request) {
        if (request.hasOffset()) {
            throw new EngineException(
                    RejectionCode.INVALID_ARGUMENT,
                    "Cannot use an `offset` when using `order_by`. The alternative for paging is to use "
                            + "`order_by.start_from` and a filter to exclude the IDs that you've already seen for the "
                            + "`order_by.start_from` value");
        }
        var page = store.ordered(
                tenant(request.getCollection()),
                collection(request.getCollection()),
                filter(request.hasFilter(), request.getFilter()),
                ReadCodec.orderBy(request.getOrderBy()),
                ReadCodec.limit(request.getLimit()),
                ReadCodec.payload(request.getWithPayload()),
                ReadCodec.vectors(request.getWithVector()));
        var response = ScrollResponse.newBuilder().setCost(cost(0, page.bytesRead()));
        for (var point : page.points()) {
            response.addPoints(ModelCodec.point(point));
        }
        for (var value : page.values()) {
            response.addOrderValues(ReadCodec.orderValue(value));
        }
        return response.build();
    }

    FacetResponse facet(FacetRequest request) {
        return ReadCodec.facets(store.facet(
                tenant(request.getCollection()),
                collection(request.getCollection()),
                filter(request.hasFilter(), request.getFilter()),
                ReadCodec.key(request.getKey()),
                ReadCodec.limit(request.getLimit()),
                request.getExact()));
    }

    ScrollResponse scroll(ScrollRequest request) {
        if (request.hasOrderBy()) {
            return ordered(request);
        }
        var page = store.scroll(
                tenant(request.getCollection()),
                collection(request.getCollection()),
                filter(request.hasFilter(), request.getFilter()),
                request.hasOffset() ? ModelCodec.id(request.getOffset()) : null,
                ReadCodec.limit(request.getLimit()),
                ReadCodec.payload(request.getWithPayload()),
                ReadCodec.vectors(request.getWithVector()));
        var response = ScrollResponse.newBuilder().setCost(cost(0, page.bytesRead()));
        for (var point : page.points()) {
            response.addPoints(ModelCodec.point(point));
        }
        var next = page.nextOffset();
        if (next != null) {
            response.setNextOffset(ModelCodec.id(next));
        }
        return response.build();
    }

    CountResponse count(CountRequest request) {
        UUID tenant = tenant(request.getCollection());
        UUID collection = collection(request.getCollection());
        Filter filter = filter(request.hasFilter(), request.getFilter());
        long count = filter != null && request.getApproximate()
                ? store.estimate(tenant, collection, filter)
                : store.count(tenant, collection, filter);
        return CountResponse.newBuilder()
                .setCount(count)
                .setCost(ReadCost.getDefaultInstance())
                .build();
    }

    CollectionInfo info(InfoRequest request) {
        return ReadCodec.info(store.info(tenant(request.getCollection()), collection(request.getCollection())));
    }

    TenantStatsResponse tenantStats(TenantStatsRequest request) {
        var tenant = request.getTenant().isEmpty() ? null : ModelCodec.uuid(request.getTenant(), "a tenant id");
        var response = TenantStatsResponse.newBuilder();
        for (var status : store.tenantStats(tenant)) {
            response.addTenants(ReadCodec.stats(status));
        }
        return response.build();
    }

    /** The store's refusal in the wire's terms. */
    static Rejection rejection(StoreException e) {
        return Rejection.newBuilder()
                .setCode(RejectionCode.valueOf(e.code().name()))
                .setMessage(String.valueOf(e.getMessage()))
                .setLimit(e.limit())
                .setUsed(e.used())
                .setRequested(e.requested())
                .build();
    }

    private static UUID tenant(CollectionRef ref) {
        return ModelCodec.uuid(ref.getTenant(), "a tenant id");
    }

    private static UUID collection(CollectionRef ref) {
        return ModelCodec.uuid(ref.getCollection(), "a collection id");
    }

    private static ReadCost cost(long scanned, long bytes) {
        return ReadCost.newBuilder()
                .setVectorsScanned(scanned)
                .setBytesRead(bytes)
                .build();
    }
}
