package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.point.OrderReader;
import dev.vectorhub.engine.wire.v1.ContextQuery;
import dev.vectorhub.engine.wire.v1.DiscoverQuery;
import dev.vectorhub.engine.wire.v1.DiverseQuery;
import dev.vectorhub.engine.wire.v1.FeedbackQuery;
import dev.vectorhub.engine.wire.v1.FormulaQuery;
import dev.vectorhub.engine.wire.v1.InputPair;
import dev.vectorhub.engine.wire.v1.Query;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.RatedInput;
import dev.vectorhub.engine.wire.v1.RecommendQuery;
import dev.vectorhub.engine.wire.v1.RecommendStrategy;
import dev.vectorhub.engine.wire.v1.RrfQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The kinds of a query that are more than nearest neighbours, as trees: {@code recommend}, {@code discover}, {@code context},
 * {@code fusion}, {@code rrf}, {@code formula}, {@code sample}, {@code relevance_feedback}, and {@code nearest} with
 * {@code mmr}.
 */
final class QueryKinds {

    static final int EXAMPLES_MAX = 1_000;
    static final int CANDIDATES_MAX = 16_384;

    private static final int RRF_K_DEFAULT = 2;
    private static final int RRF_K_MAX = 1_000_000;
    private static final float DIVERSITY_DEFAULT = 0.5f;

    private static final Set<String> KINDS = Set.of(
            "recommend", "discover", "context", "order_by", "fusion", "rrf", "formula", "sample", "relevance_feedback");

    private final String path;
    private final boolean older;
    private final Documents documents;
    private final Function<Input, QueryInput> inputs;

    /**
     * @param path of the query; of an older request, of the request itself
     * @param inputs checks a vector, or looks a point up, once the vector's name is known
     */
    QueryKinds(String path, boolean older, Documents documents, Function<Input, QueryInput> inputs) {
        this.path = path;
        this.older = older;
        this.documents = documents;
        this.inputs = inputs;
    }

    /** The fields of the query's object. */
    Query read(ObjectNode fields) {
        String kind = null;
        for (String name : (Iterable<String>) fields::fieldNames) {
            if (KINDS.contains(name)) {
                if (kind != null) {
                    throw BodyErrors.format(path, "either `" + kind + "` or `" + name + "`, not both");
                }
                kind = name;
            }
        }
        if (kind == null) {
            throw BodyErrors.format(path, "expected a vector, a point id or one of `nearest`, " + KINDS);
        }
        JsonNode value = fields.get(kind);
        // Of an older request, but for its context alone, the kind's fields are its own.
        String at = older && !kind.equals("context") ? path : in(path, kind);
        Query.Builder query = Query.newBuilder();
        switch (kind) {
            case "recommend" -> query.setRecommend(recommend(object(value, at), at));
            case "discover" -> query.setDiscover(discover(object(value, at), at));
            case "context" -> query.setContext(ContextQuery.newBuilder().addAllPairs(pairs(value, at)));
            case "fusion" -> {
                switch (word(value, at, Set.of("rrf", "dbsf"))) {
                    case "rrf" -> query.setRrf(RrfQuery.newBuilder().setK(RRF_K_DEFAULT));
                    default -> query.setDbsf(true);
                }
            }
            case "rrf" -> query.setRrf(rrf(object(value, at), at));
            case "sample" -> {
                word(value, at, Set.of("random"));
                query.setSampleSeed(ThreadLocalRandom.current().nextLong() | 1);
            }
            case "relevance_feedback" -> query.setFeedback(feedback(object(value, at), at));
            case "formula" -> query.setFormula(formula(value, fields.path("defaults"), at));
            default -> query.setOrderBy(OrderReader.read(value, at));
        }
        return query.build();
    }

    private RecommendQuery recommend(ObjectNode recommend, String at) {
        RecommendQuery.Builder query = RecommendQuery.newBuilder()
                .addAllPositive(list(recommend.path("positive"), in(at, "positive")))
                .addAllNegative(list(recommend.path("negative"), in(at, "negative")));
        JsonNode strategy = recommend.path("strategy");
        if (!strategy.isMissingNode() && !strategy.isNull()) {
            String word = word(strategy, in(at, "strategy"), Set.of("average_vector", "best_score", "sum_scores"));
            query.setStrategy(RecommendStrategy.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        boolean average = query.getStrategy() == RecommendStrategy.AVERAGE_VECTOR;
        if (query.getPositiveCount() == 0 && (average || query.getNegativeCount() == 0)) {
            throw BodyErrors.invalid(in(at, "positive"), "at least one example is needed");
        }
        return query.build();
    }

    private DiscoverQuery discover(ObjectNode discover, String at) {
        return DiscoverQuery.newBuilder()
                .setTarget(input(required(discover, "target", at), in(at, "target")))
                .addAllContext(pairs(required(discover, "context", at), in(at, "context")))
                .build();
    }

    private FeedbackQuery feedback(ObjectNode feedback, String at) {
        FeedbackQuery.Builder query =
                FeedbackQuery.newBuilder().setTarget(input(required(feedback, "target", at), at + ".target"));
        JsonNode items = required(feedback, "feedback", at);
        bound(items, at + ".feedback");
        for (int i = 0; i < items.size(); i++) {
            String item = at + ".feedback[" + i + "]";
            ObjectNode rated = object(items.get(i), item);
            query.addExamples(RatedInput.newBuilder()
                    .setExample(input(required(rated, "example", item), item + ".example"))
                    .setRating(number(required(rated, "score", item), item + ".score")));
        }
        String where = at + ".strategy";
        ObjectNode naive =
                object(required(object(required(feedback, "strategy", at), where), "naive", where), where + ".naive");
        return query.setA(number(required(naive, "a", where + ".naive"), where + ".naive.a"))
                .setB(number(required(naive, "b", where + ".naive"), where + ".naive.b"))
                .setC(number(required(naive, "c", where + ".naive"), where + ".naive.c"))
                .build();
    }

    private static RrfQuery rrf(ObjectNode rrf, String at) {
        RrfQuery.Builder query = RrfQuery.newBuilder().setK(RRF_K_DEFAULT);
        JsonNode k = rrf.path("k");
        if (!k.isMissingNode() && !k.isNull()) {
            query.setK(integer(k, at + ".k", 1, RRF_K_MAX));
        }
        JsonNode weights = rrf.path("weights");
        if (!weights.isMissingNode() && !weights.isNull()) {
            bound(weights, at + ".weights");
            for (int i = 0; i < weights.size(); i++) {
                query.addWeights(number(weights.get(i), at + ".weights[" + i + "]"));
            }
        }
        return query.build();
    }

    private static FormulaQuery formula(JsonNode expression, JsonNode defaults, String at) {
        FormulaQuery.Builder query =
                FormulaQuery.newBuilder().setExpression(new FormulaReader().expression(expression, at, 1));
        if (!defaults.isMissingNode() && !defaults.isNull()) {
            query.setDefaults(ByteString.copyFrom(object(defaults, "defaults").toString(), StandardCharsets.UTF_8));
        }
        return query.build();
    }

    /** {@code nearest} beside {@code mmr}. */
    static DiverseQuery diverse(QueryInput nearest, JsonNode mmr, String at) {
        ObjectNode fields = object(mmr, at);
        DiverseQuery.Builder query =
                DiverseQuery.newBuilder().setNearest(nearest).setDiversity(DIVERSITY_DEFAULT);
        JsonNode diversity = fields.path("diversity");
        if (!diversity.isMissingNode() && !diversity.isNull()) {
            float value = number(diversity, at + ".diversity");
            if (value < 0 || value > 1) {
                throw BodyErrors.invalid(
                        at + ".diversity", "value " + diversity.asText() + " invalid, must be from 0.0 to 1.0");
            }
            query.setDiversity(value);
        }
        JsonNode candidates = fields.path("candidates_limit");
        if (!candidates.isMissingNode() && !candidates.isNull()) {
            query.setCandidates(integer(candidates, at + ".candidates_limit", 1, CANDIDATES_MAX));
        }
        return query.build();
    }

    // ---- parts

    private QueryInput input(JsonNode node, String at) {
        return inputs.apply(Input.of(node, at, documents));
    }

    private List<QueryInput> list(JsonNode node, String at) {
        List<QueryInput> list = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) {
            return list;
        }
        bound(node, at);
        for (int i = 0; i < node.size(); i++) {
            list.add(input(node.get(i), at + "[" + i + "]"));
        }
        return list;
    }

    /** A pair, or a list of them. */
    private List<InputPair> pairs(JsonNode node, String at) {
        List<InputPair> pairs = new ArrayList<>();
        if (node.isObject()) {
            pairs.add(pair(object(node, at), at));
            return pairs;
        }
        bound(node, at);
        for (int i = 0; i < node.size(); i++) {
            String item = at + "[" + i + "]";
            pairs.add(pair(object(node.get(i), item), item));
        }
        return pairs;
    }

    private InputPair pair(ObjectNode pair, String at) {
        return InputPair.newBuilder()
                .setPositive(input(required(pair, "positive", at), at + ".positive"))
                .setNegative(input(required(pair, "negative", at), at + ".negative"))
                .build();
    }

    private static String in(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }

    private static void bound(JsonNode list, String at) {
        if (!list.isArray()) {
            throw BodyErrors.format(at, "expected a list");
        }
        if (list.size() > EXAMPLES_MAX) {
            throw BodyErrors.invalid(at, "at most " + EXAMPLES_MAX + " elements");
        }
    }

    static ObjectNode object(JsonNode node, String at) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw BodyErrors.format(at, "expected an object, got " + BodyErrors.shown(node.toString()));
    }

    static JsonNode required(ObjectNode object, String field, String at) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw BodyErrors.format(at, "missing field `" + field + "`");
        }
        return value;
    }

    static String word(JsonNode node, String at, Set<String> words) {
        if (!node.isTextual() || !words.contains(node.textValue())) {
            throw BodyErrors.format(at, "expected one of " + words + ", got " + BodyErrors.shown(node.toString()));
        }
        return node.textValue();
    }

    static int integer(JsonNode node, String at, int min, int max) {
        if (!node.isIntegralNumber()) {
            throw BodyErrors.format(at, "expected a whole number, got " + BodyErrors.shown(node.toString()));
        }
        if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            throw BodyErrors.outOfRange(at, BodyErrors.shown(node.toString()), min, max);
        }
        return node.intValue();
    }

    static float number(JsonNode node, String at) {
        if (!node.isNumber() || !Float.isFinite(node.floatValue())) {
            throw BodyErrors.format(at, "expected a finite number, got " + BodyErrors.shown(node.toString()));
        }
        return node.floatValue();
    }
}
