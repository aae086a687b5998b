package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;

import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.query.Grouping;
import dev.vectorhub.engine.core.query.PayloadValues;
import dev.vectorhub.engine.core.query.Query;
import dev.vectorhub.engine.core.query.QuerySpec;
import dev.vectorhub.engine.wire.v1.InputPair;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.RatedInput;
import dev.vectorhub.engine.wire.v1.RecommendStrategy;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Queries that are more than the nearest neighbours of one vector. */
public final class QueryCodec {
    /** Vectors of one query. */
    static final int EXAMPLES_MAX = 1_000;

    /** Prefetches that may still come. */
    private int left = QuerySpec.PREFETCHES_MAX;

    private QueryCodec() {}

    /** Whether a query needs this codec; else {@link ReadCodec#search} reads all of it. */
    public static boolean isComposed(SearchQuery query) {
        return query.hasComposed() || query.getPrefetchCount() > 0 || query.hasGroup();
    }

    /**
     * A query as the engine answers it.
     *
     * @throws dev.vectorhub.engine.wire.EngineException INVALID_ARGUMENT, naming what does not fit
     */
    public static QuerySpec query(SearchQuery query) {
        return new QueryCodec().query(query, 1);
    }

    public static Grouping grouping(SearchQuery query) {
        return new Grouping(
                text(query.getGroup().getKey(), "a payload key"),
                count(query.getGroup().getGroups(), "groups"),
                count(query.getGroup().getSize(), "group size"));
    }

    private QuerySpec query(SearchQuery query, int depth) {
        bound(depth, QuerySpec.DEPTH_MAX, "prefetches within each other");
        left -= query.getPrefetchCount();
        if (left < 0) {
            throw invalid("a query has at most " + QuerySpec.PREFETCHES_MAX + " prefetches");
        }
        List<QuerySpec> prefetch = new ArrayList<>(query.getPrefetchCount());
        for (SearchQuery inner : query.getPrefetchList()) {
            prefetch.add(query(inner, depth + 1));
        }
        SearchSpec base = ReadCodec.base(query);
        if (base.offset() + (long) base.limit() > SearchSpec.WINDOW_MAX) {
            throw invalid("limit with offset is at most " + SearchSpec.WINDOW_MAX);
        }
        return new QuerySpec(base, kind(query), prefetch);
    }

    private static Query kind(SearchQuery query) {
        return switch (query.getQueryCase()) {
            case F32 -> new Query.Nearest(new Query.Input.OfVector(VectorCodec.dense(query.getF32())));
            case MULTI -> new Query.Nearest(new Query.Input.OfVector(VectorCodec.multi(query.getMulti())));
            case SPARSE -> new Query.Nearest(new Query.Input.OfVector(VectorCodec.sparse(query.getSparse())));
            case ID -> new Query.Nearest(new Query.Input.OfPoint(ModelCodec.id(query.getId())));
            case QUERY_NOT_SET -> composed(query.getComposed());
        };
    }

    private static Query composed(dev.vectorhub.engine.wire.v1.Query query) {
        return switch (query.getKindCase()) {
            case NEAREST -> new Query.Nearest(input(query.getNearest()));
            case DIVERSE -> {
                var diverse = query.getDiverse();
                if (!(diverse.getDiversity() >= 0 && diverse.getDiversity() <= 1)) {
                    throw invalid("diversity is from 0 to 1");
                }
                yield new Query.Diverse(
                        input(diverse.getNearest()),
                        diverse.getDiversity(),
                        count(diverse.getCandidates(), "candidates"));
            }
            case RECOMMEND -> {
                var recommend = query.getRecommend();
                bound(recommend.getPositiveCount() + recommend.getNegativeCount(), EXAMPLES_MAX, "examples");
                yield new Query.Recommend(
                        inputs(recommend.getPositiveList()),
                        inputs(recommend.getNegativeList()),
                        strategy(recommend.getStrategy()));
            }
            case DISCOVER ->
                new Query.Discover(
                        input(query.getDiscover().getTarget()),
                        pairs(query.getDiscover().getContextList()));
            case CONTEXT -> new Query.Context(pairs(query.getContext().getPairsList()));
            case FEEDBACK -> {
                var feedback = query.getFeedback();
                bound(feedback.getExamplesCount(), EXAMPLES_MAX, "examples");
                List<Query.Rated> examples = new ArrayList<>();
                for (RatedInput rated : feedback.getExamplesList()) {
                    examples.add(new Query.Rated(input(rated.getExample()), rated.getRating()));
                }
                yield new Query.Feedback(
                        input(feedback.getTarget()), examples, feedback.getA(), feedback.getB(), feedback.getC());
            }
            case SAMPLE_SEED -> {
                long seed = query.getSampleSeed();
                yield new Query.Sample(seed == 0 ? ThreadLocalRandom.current().nextLong() : seed);
            }
            case BY_ID -> new Query.ById();
            case RRF -> {
                if (query.getRrf().getK() < 1) {
                    throw invalid("k of a reciprocal rank fusion is 1 or more");
                }
                bound(query.getRrf().getWeightsCount(), QuerySpec.PREFETCHES_MAX, "weights");
                yield new Query.Rrf(query.getRrf().getK(), query.getRrf().getWeightsList());
            }
            case DBSF -> new Query.Dbsf();
            case FORMULA ->
                new Query.Formula(
                        new ExpressionCodec().expression(query.getFormula().getExpression(), 1),
                        PayloadValues.checked(query.getFormula().getDefaults().toByteArray()));
            case ORDER_BY -> new Query.Ordered(ReadCodec.orderBy(query.getOrderBy()));
            case KIND_NOT_SET -> throw invalid("a query has a kind, this one has none");
        };
    }

    private static Query.Strategy strategy(RecommendStrategy strategy) {
        return switch (strategy) {
            case AVERAGE_VECTOR -> Query.Strategy.AVERAGE_VECTOR;
            case BEST_SCORE -> Query.Strategy.BEST_SCORE;
            case SUM_SCORES -> Query.Strategy.SUM_SCORES;
            case UNRECOGNIZED -> throw invalid("unknown strategy of a recommendation");
        };
    }

    private static Query.Input input(QueryInput input) {
        return switch (input.getKindCase()) {
            case F32 -> new Query.Input.OfVector(VectorCodec.dense(input.getF32()));
            case MULTI -> new Query.Input.OfVector(VectorCodec.multi(input.getMulti()));
            case SPARSE -> new Query.Input.OfVector(VectorCodec.sparse(input.getSparse()));
            case ID -> new Query.Input.OfPoint(ModelCodec.id(input.getId()));
            case KIND_NOT_SET -> throw invalid("an example is a vector or a point id, this one is neither");
        };
    }

    private static List<Query.Input> inputs(List<QueryInput> inputs) {
        List<Query.Input> decoded = new ArrayList<>(inputs.size());
        for (QueryInput input : inputs) {
            decoded.add(input(input));
        }
        return decoded;
    }

    private static List<Query.Pair> pairs(List<InputPair> pairs) {
        bound(2 * pairs.size(), EXAMPLES_MAX, "examples");
        List<Query.Pair> decoded = new ArrayList<>(pairs.size());
        for (InputPair pair : pairs) {
            decoded.add(new Query.Pair(input(pair.getPositive()), input(pair.getNegative())));
        }
        return decoded;
    }
}
