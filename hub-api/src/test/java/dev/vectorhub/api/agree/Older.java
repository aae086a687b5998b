package dev.vectorhub.api.agree;

import dev.vectorhub.api.grpc.form.Examples;
import dev.vectorhub.api.grpc.form.Searches;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Points.ContextExamplePair;
import io.qdrant.client.grpc.Points.ContextInputPair;
import io.qdrant.client.grpc.Points.DiscoverInput;
import io.qdrant.client.grpc.Points.DiscoverPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.SparseIndices;
import io.qdrant.client.grpc.Points.TargetVector;
import io.qdrant.client.grpc.Points.VectorExample;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query in the form that clients had before there were queries: over gRPC, and as a body with its route.
 *
 * @param overGrpc what gRPC answers to it
 */
record Older(List<ScoredPoint> overGrpc, String route, byte[] body) {

    /** Null where the older requests cannot ask it. */
    static @Nullable Older ask(Asked hub, QueryPoints query) throws Exception {
        if (query.getPrefetchCount() > 0) {
            return null;
        }
        return switch (query.getQuery().getVariantCase()) {
            case NEAREST -> nearest(hub, query);
            case RECOMMEND -> recommend(hub, query);
            case DISCOVER -> discover(hub, query);
            default -> null;
        };
    }

    private static @Nullable Older nearest(Asked hub, QueryPoints query) throws Exception {
        VectorInput input = query.getQuery().getNearest();
        SearchPoints.Builder search = SearchPoints.newBuilder()
                .setCollectionName(query.getCollectionName())
                .setLimit(query.getLimit())
                .setOffset(query.getOffset())
                .setVectorName(query.getUsing());
        if (input.hasDense()) {
            search.addAllVector(input.getDense().getDataList());
        } else if (input.hasSparse()) {
            search.addAllVector(input.getSparse().getValuesList())
                    .setSparseIndices(SparseIndices.newBuilder()
                            .addAllData(input.getSparse().getIndicesList()));
        } else {
            return null;
        }
        if (query.hasFilter()) {
            search.setFilter(query.getFilter());
        }
        if (query.hasScoreThreshold()) {
            search.setScoreThreshold(query.getScoreThreshold());
        }
        if (query.hasParams()) {
            search.setParams(query.getParams());
        }
        SearchPoints asked = search.build();
        return new Older(hub.done(hub.grpc().searchAsync(asked)), "search", Searches.of(asked));
    }

    private static @Nullable Older recommend(Asked hub, QueryPoints query) throws Exception {
        RecommendInput input = query.getQuery().getRecommend();
        if (!areOlder(input.getPositiveList()) || !areOlder(input.getNegativeList())) {
            return null;
        }
        RecommendPoints.Builder recommend = RecommendPoints.newBuilder()
                .setCollectionName(query.getCollectionName())
                .setLimit(query.getLimit())
                .setOffset(query.getOffset())
                .setUsing(query.getUsing())
                .setStrategy(input.getStrategy());
        for (VectorInput example : input.getPositiveList()) {
            if (example.hasId()) {
                recommend.addPositive(example.getId());
            } else {
                recommend.addPositiveVectors(
                        VectorFactory.vector(example.getDense().getDataList()));
            }
        }
        for (VectorInput example : input.getNegativeList()) {
            if (example.hasId()) {
                recommend.addNegative(example.getId());
            } else {
                recommend.addNegativeVectors(
                        VectorFactory.vector(example.getDense().getDataList()));
            }
        }
        if (query.hasLookupFrom()) {
            recommend.setLookupFrom(query.getLookupFrom());
        }
        if (query.hasFilter()) {
            recommend.setFilter(query.getFilter());
        }
        if (query.hasScoreThreshold()) {
            recommend.setScoreThreshold(query.getScoreThreshold());
        }
        RecommendPoints asked = recommend.build();
        return new Older(hub.done(hub.grpc().recommendAsync(asked)), "recommend", Examples.of(asked));
    }

    /** Which has no threshold. */
    private static @Nullable Older discover(Asked hub, QueryPoints query) throws Exception {
        DiscoverInput input = query.getQuery().getDiscover();
        boolean plain = isPlain(input.getTarget())
                && input.getContext().getPairsList().stream()
                        .allMatch(pair -> isPlain(pair.getPositive()) && isPlain(pair.getNegative()));
        if (!plain || query.hasScoreThreshold()) {
            return null;
        }
        DiscoverPoints.Builder discover = DiscoverPoints.newBuilder()
                .setCollectionName(query.getCollectionName())
                .setLimit(query.getLimit())
                .setOffset(query.getOffset())
                .setUsing(query.getUsing())
                .setTarget(TargetVector.newBuilder().setSingle(example(input.getTarget())));
        for (ContextInputPair pair : input.getContext().getPairsList()) {
            discover.addContext(ContextExamplePair.newBuilder()
                    .setPositive(example(pair.getPositive()))
                    .setNegative(example(pair.getNegative())));
        }
        if (query.hasLookupFrom()) {
            discover.setLookupFrom(query.getLookupFrom());
        }
        if (query.hasFilter()) {
            discover.setFilter(query.getFilter());
        }
        DiscoverPoints asked = discover.build();
        return new Older(hub.done(hub.grpc().discoverAsync(asked)), "discover", Examples.of(asked));
    }

    /** Points, then dense vectors: in another order sums are rounded otherwise. */
    private static boolean areOlder(List<VectorInput> examples) {
        boolean vectors = false;
        for (VectorInput example : examples) {
            if (!isPlain(example) || (vectors && example.hasId())) {
                return false;
            }
            vectors |= example.hasDense();
        }
        return true;
    }

    /** A point or a dense vector. */
    private static boolean isPlain(VectorInput input) {
        return input.hasId() || input.hasDense();
    }

    private static VectorExample example(VectorInput input) {
        return input.hasId()
                ? VectorExample.newBuilder().setId(input.getId()).build()
                : VectorExample.newBuilder()
                        .setVector(VectorFactory.vector(input.getDense().getDataList()))
                        .build();
    }
}
