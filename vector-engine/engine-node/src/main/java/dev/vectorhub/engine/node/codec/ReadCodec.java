package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;

import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.engine.core.CollectionStatus;
import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.FacetHits;
import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.TenantStatus;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.query.GroupHits;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.FacetHit;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import dev.vectorhub.engine.wire.v1.FieldType;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.OrderValue;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.PointGroup;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchResult;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import java.util.List;
import java.util.Objects;

/** Requests and answers of reads. */
public final class ReadCodec {
    private static final int PATHS_MAX = 10_000;
    private static final int OVERSAMPLING_MAX = 1_000;
    private static final VectorValue NOTHING = new VectorValue.Dense(new float[0]);

    private ReadCodec() {}

    /**
     * A plain search as the engine answers it.
     *
     * @throws dev.vectorhub.engine.wire.EngineException INVALID_ARGUMENT, naming what does not fit
     */
    public static SearchSpec search(SearchQuery query) {
        return spec(
                query,
                switch (query.getQueryCase()) {
                    case F32 -> new SearchSpec.Query.ByVector(VectorCodec.dense(query.getF32()));
                    case MULTI -> new SearchSpec.Query.ByVector(VectorCodec.multi(query.getMulti()));
                    case SPARSE -> new SearchSpec.Query.ByVector(VectorCodec.sparse(query.getSparse()));
                    case ID -> new SearchSpec.Query.ById(ModelCodec.id(query.getId()));
                    case QUERY_NOT_SET -> throw invalid("a search has a vector or a point id, this one has neither");
                });
    }

    /** Everything of a query but what it is near to. */
    static SearchSpec base(SearchQuery query) {
        return spec(query, new SearchSpec.Query.ByVector(NOTHING));
    }

    private static SearchSpec spec(SearchQuery query, SearchSpec.Query near) {
        return new SearchSpec(
                text(query.getUsing(), "a vector's name"),
                near,
                FilterCodec.optional(query.hasFilter(), query.getFilter()),
                limit(query.getLimit()),
                count(query.getOffset(), "offset"),
                query.hasScoreThreshold() ? Float.valueOf(query.getScoreThreshold()) : null,
                count(query.getParams().getHnswEf(), "hnsw_ef"),
                query.getParams().getExact(),
                query.getParams().getIndexedOnly(),
                quantization(query.getParams().getQuantization()),
                payload(query.getWithPayload()),
                vectors(query.getWithVector()));
    }

    private static QuantizationSearch quantization(dev.vectorhub.engine.wire.v1.QuantizationSearch wire) {
        float oversampling = wire.getOversampling();
        if (oversampling != 0 && !(oversampling >= 1 && oversampling <= OVERSAMPLING_MAX)) {
            throw invalid("oversampling is from 1 to " + OVERSAMPLING_MAX + ", this one is " + oversampling);
        }
        return new QuantizationSearch(wire.getIgnore(), !wire.hasRescore() || wire.getRescore(), oversampling);
    }

    /** 1 or more. */
    public static int limit(int limit) {
        if (count(limit, "limit") == 0) {
            throw invalid("limit is 1 or more");
        }
        return limit;
    }

    public static PayloadSelection payload(PayloadSelector selector) {
        return new PayloadSelection(
                selector.getEnabled(), paths(selector.getIncludeList()), paths(selector.getExcludeList()));
    }

    public static VectorSelection vectors(VectorSelector selector) {
        return new VectorSelection(selector.getEnabled(), paths(selector.getNamesList()));
    }

    public static SearchResult result(SearchHits hits) {
        var result = SearchResult.newBuilder();
        for (var hit : hits.points()) {
            result.addPoints(scored(hit));
        }
        return result.build();
    }

    public static SearchResult result(GroupHits hits) {
        var result = SearchResult.newBuilder();
        for (var group : hits.groups()) {
            var wire = PointGroup.newBuilder();
            if (group.id() instanceof Long integer) {
                wire.setInteger(integer);
            } else {
                wire.setText(group.id().toString());
            }
            for (var hit : group.points()) {
                wire.addPoints(scored(hit));
            }
            result.addGroups(wire);
        }
        return result.build();
    }

    private static ScoredPoint scored(dev.vectorhub.engine.core.ScoredPoint hit) {
        var point = ScoredPoint.newBuilder()
                .setId(ModelCodec.id(hit.id()))
                .setScore(hit.score())
                .setPayload(UnsafeByteOperations.unsafeWrap(hit.payloadJson()))
                .setVersion(hit.version());
        for (NamedVector vector : hit.vectors()) {
            point.addVectors(VectorCodec.named(vector));
        }
        FieldValue order = hit.order();
        if (order != null) {
            point.setOrderValue(orderValue(order));
        }
        return point.build();
    }

    /** What answering with these points takes at least: vectors, of binary32 on the wire, and payload. */
    public static long bytes(List<PointRecord> points) {
        long bytes = 0;
        for (PointRecord point : points) {
            bytes += point.payloadJson().length;
            for (NamedVector vector : point.vectors()) {
                bytes += vector.value().logicalBytes(Datatype.FLOAT32);
            }
        }
        return bytes;
    }

    public static CollectionInfo info(CollectionStatus status) {
        var info = CollectionInfo.newBuilder()
                .setSpec(ModelCodec.collection(status.config()))
                .setPoints(status.points())
                .setIndexedVectors(status.indexedVectors())
                .setSegments(status.segments())
                .setOptimized(status.optimized())
                .setLogicalBytes(status.logicalBytes())
                .setPayloadBytes(status.payloadBytes())
                .setDiskBytes(status.diskBytes());
        for (var field : status.fields()) {
            info.addFields(FieldIndexInfo.newBuilder()
                    .setKey(field.key())
                    .setType(FieldType.valueOf(field.spec().type().name()))
                    .setParams(ModelCodec.fieldParams(field.spec()))
                    .setPoints(field.points()));
        }
        return info.build();
    }

    public static TenantStats stats(TenantStatus status) {
        var stats = TenantStats.newBuilder()
                .setTenant(ModelCodec.uuid(status.tenant()))
                .setGeneration(status.generation())
                .setLogicalBytes(status.logicalBytes())
                .setDiskBytes(status.diskBytes())
                .setIsolation(IsolationMode.valueOf(status.mode().name()))
                .setFault(Objects.requireNonNullElse(status.fault(), ""));
        int toMove = 0;
        for (var usage : status.collections()) {
            toMove += usage.misplaced() ? 1 : 0;
            stats.addCollections(CollectionStats.newBuilder()
                    .setCollection(ModelCodec.uuid(usage.collection()))
                    .setPoints(usage.points())
                    .setLogicalBytes(usage.logicalBytes())
                    .setDiskBytes(usage.diskBytes())
                    .setToMove(usage.misplaced())
                    .setFault(Objects.requireNonNullElse(usage.fault(), "")));
        }
        return stats.setCollectionsToMove(toMove).build();
    }

    /** A payload key. */
    public static String key(String key) {
        return text(key, "a payload key");
    }

    public static OrderBy orderBy(dev.vectorhub.engine.wire.v1.OrderBy order) {
        return new OrderBy(
                key(order.getKey()),
                order.getDescending(),
                switch (order.getStartFrom().getKindCase()) {
                    case INTEGER -> new FieldValue.Int(order.getStartFrom().getInteger());
                    case DATETIME -> new FieldValue.Int(order.getStartFrom().getDatetime());
                    case NUMBER -> {
                        double number = order.getStartFrom().getNumber();
                        if (Double.isNaN(number)) {
                            throw invalid("start_from is a number");
                        }
                        yield new FieldValue.Real(number);
                    }
                    case KIND_NOT_SET -> null;
                });
    }

    public static OrderValue orderValue(FieldValue value) {
        var wire = OrderValue.newBuilder();
        return switch (value) {
            case FieldValue.Int(long integer) -> wire.setInteger(integer).build();
            case FieldValue.Real(double number) -> wire.setNumber(number).build();
            case FieldValue.Bool _, FieldValue.Keyword _ -> throw new AssertionError("no order of " + value);
        };
    }

    public static FacetResponse facets(FacetHits hits) {
        var response = FacetResponse.newBuilder().setCost(ReadCost.newBuilder().setBytesRead(hits.bytesRead()));
        for (FacetHits.Hit hit : hits.hits()) {
            var wire = FacetHit.newBuilder().setCount(hit.points());
            switch (hit.value()) {
                case FieldValue.Keyword(String keyword) -> wire.setKeyword(keyword);
                case FieldValue.Int(long integer) -> wire.setInteger(integer);
                case FieldValue.Bool(boolean bool) -> wire.setBoolean(bool);
                case FieldValue.Real number -> throw new AssertionError("no facet of " + number);
            }
            response.addHits(wire);
        }
        return response.build();
    }

    private static List<String> paths(List<String> paths) {
        bound(paths.size(), PATHS_MAX, "paths");
        for (String path : paths) {
            text(path, "a path");
        }
        return paths;
    }
}
