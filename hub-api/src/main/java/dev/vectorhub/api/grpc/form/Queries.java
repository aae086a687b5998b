package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.qdrant.client.grpc.Points.ContextInputPair;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.LookupLocation;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendStrategy;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.StartFrom;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.WithLookup;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The universal query, alone, in batches and in groups. */
public final class Queries {

    private Queries() {}

    public static byte[] of(QueryPoints query) {
        return Form.object(out -> fields(out, query, true));
    }

    /**
     * The vector of a query that is for nothing but its nearest points: most of a request, so it takes the straight way to the
     * engine. Null for any other query.
     */
    public static @Nullable ByteString nearest(QueryPoints query) {
        if (!query.getQuery().hasNearest() || !query.getQuery().getNearest().hasDense()) {
            return null;
        }
        DenseVector dense = query.getQuery().getNearest().getDense();
        return Components.f32(dense::getData, dense.getDataCount(), "query.nearest");
    }

    /** The body without what {@link #nearest} gives. */
    public static byte[] aroundNearest(QueryPoints query) {
        return Form.object(out -> fields(out, query, false));
    }

    public static byte[] of(QueryBatchPoints batch) {
        return Form.object(out -> {
            out.writeArrayFieldStart("searches");
            for (QueryPoints query : batch.getQueryPointsList()) {
                out.writeStartObject();
                fields(out, query, true);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void fields(JsonGenerator out, QueryPoints query, boolean withQuery) throws IOException {
        prefetches(out, query.getPrefetchList());
        if (withQuery && query.hasQuery()) {
            out.writeFieldName("query");
            write(out, query.getQuery());
        }
        if (query.hasUsing()) {
            out.writeStringField("using", query.getUsing());
        }
        if (query.hasFilter()) {
            Filters.write(out, "filter", query.getFilter());
        }
        if (query.hasParams()) {
            params(out, query.getParams());
        }
        if (query.hasScoreThreshold()) {
            out.writeNumberField("score_threshold", query.getScoreThreshold());
        }
        if (query.hasLimit()) {
            Form.unsigned(out, "limit", query.getLimit());
        }
        if (query.hasOffset()) {
            Form.unsigned(out, "offset", query.getOffset());
        }
        if (query.hasWithVectors()) {
            Selections.vectors(out, query.getWithVectors());
        }
        if (query.hasWithPayload()) {
            Selections.payload(out, query.getWithPayload());
        }
        if (query.hasLookupFrom()) {
            lookup(out, query.getLookupFrom());
        }
        Selections.shard(out, query.hasShardKeySelector(), query.getShardKeySelector());
    }

    public static byte[] of(QueryPointGroups query) {
        return Form.object(out -> {
            prefetches(out, query.getPrefetchList());
            if (query.hasQuery()) {
                out.writeFieldName("query");
                write(out, query.getQuery());
            }
            if (query.hasUsing()) {
                out.writeStringField("using", query.getUsing());
            }
            if (query.hasFilter()) {
                Filters.write(out, "filter", query.getFilter());
            }
            if (query.hasParams()) {
                params(out, query.getParams());
            }
            if (query.hasScoreThreshold()) {
                out.writeNumberField("score_threshold", query.getScoreThreshold());
            }
            if (query.hasWithPayload()) {
                Selections.payload(out, query.getWithPayload());
            }
            if (query.hasWithVectors()) {
                Selections.vectors(out, query.getWithVectors());
            }
            if (query.hasLookupFrom()) {
                lookup(out, query.getLookupFrom());
            }
            if (query.hasLimit()) {
                Form.unsigned(out, "limit", query.getLimit());
            }
            if (query.hasGroupSize()) {
                Form.unsigned(out, "group_size", query.getGroupSize());
            }
            out.writeStringField("group_by", query.getGroupBy());
            if (query.hasWithLookup()) {
                withLookup(out, query.getWithLookup());
            }
            Selections.shard(out, query.hasShardKeySelector(), query.getShardKeySelector());
        });
    }

    private static void prefetches(JsonGenerator out, List<PrefetchQuery> prefetches) throws IOException {
        if (prefetches.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("prefetch");
        for (PrefetchQuery prefetch : prefetches) {
            out.writeStartObject();
            prefetches(out, prefetch.getPrefetchList());
            if (prefetch.hasQuery()) {
                out.writeFieldName("query");
                write(out, prefetch.getQuery());
            }
            if (prefetch.hasUsing()) {
                out.writeStringField("using", prefetch.getUsing());
            }
            if (prefetch.hasFilter()) {
                Filters.write(out, "filter", prefetch.getFilter());
            }
            if (prefetch.hasParams()) {
                params(out, prefetch.getParams());
            }
            if (prefetch.hasScoreThreshold()) {
                out.writeNumberField("score_threshold", prefetch.getScoreThreshold());
            }
            if (prefetch.hasLimit()) {
                Form.unsigned(out, "limit", prefetch.getLimit());
            }
            if (prefetch.hasLookupFrom()) {
                lookup(out, prefetch.getLookupFrom());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Query query) throws IOException {
        out.writeStartObject();
        switch (query.getVariantCase()) {
            case NEAREST -> input(out, "nearest", query.getNearest());
            case NEAREST_WITH_MMR -> {
                input(out, "nearest", query.getNearestWithMmr().getNearest());
                out.writeObjectFieldStart("mmr");
                if (query.getNearestWithMmr().getMmr().hasDiversity()) {
                    out.writeNumberField(
                            "diversity", query.getNearestWithMmr().getMmr().getDiversity());
                }
                if (query.getNearestWithMmr().getMmr().hasCandidatesLimit()) {
                    out.writeNumberField(
                            "candidates_limit",
                            Integer.toUnsignedLong(
                                    query.getNearestWithMmr().getMmr().getCandidatesLimit()));
                }
                out.writeEndObject();
            }
            case RECOMMEND -> {
                out.writeObjectFieldStart("recommend");
                recommend(out, query.getRecommend());
                out.writeEndObject();
            }
            case DISCOVER -> {
                out.writeObjectFieldStart("discover");
                input(out, "target", query.getDiscover().getTarget());
                pairs(out, query.getDiscover().getContext().getPairsList());
                out.writeEndObject();
            }
            case CONTEXT -> pairs(out, query.getContext().getPairsList());
            case ORDER_BY -> orderBy(out, query.getOrderBy());
            case FUSION ->
                out.writeStringField(
                        "fusion",
                        switch (query.getFusion()) {
                            case RRF -> "rrf";
                            case DBSF -> "dbsf";
                            case UNRECOGNIZED -> "unknown";
                        });
            case RRF -> {
                out.writeObjectFieldStart("rrf");
                if (query.getRrf().hasK()) {
                    out.writeNumberField(
                            "k", Integer.toUnsignedLong(query.getRrf().getK()));
                }
                if (query.getRrf().getWeightsCount() > 0) {
                    out.writeFieldName("weights");
                    Vectors.dense(out, query.getRrf().getWeightsList());
                }
                out.writeEndObject();
            }
            case SAMPLE -> out.writeStringField("sample", "random");
            case FORMULA -> {
                out.writeFieldName("formula");
                Formulas.write(out, query.getFormula().getExpression());
                if (query.getFormula().getDefaultsCount() > 0) {
                    Values.write(out, "defaults", query.getFormula().getDefaultsMap());
                }
            }
            case RELEVANCE_FEEDBACK -> {
                out.writeObjectFieldStart("relevance_feedback");
                var feedback = query.getRelevanceFeedback();
                input(out, "target", feedback.getTarget());
                out.writeArrayFieldStart("feedback");
                for (var item : feedback.getFeedbackList()) {
                    out.writeStartObject();
                    input(out, "example", item.getExample());
                    out.writeNumberField("score", item.getScore());
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeObjectFieldStart("strategy");
                if (feedback.getStrategy().hasNaive()) {
                    out.writeObjectFieldStart("naive");
                    out.writeNumberField("a", feedback.getStrategy().getNaive().getA());
                    out.writeNumberField("b", feedback.getStrategy().getNaive().getB());
                    out.writeNumberField("c", feedback.getStrategy().getNaive().getC());
                    out.writeEndObject();
                }
                out.writeEndObject();
                out.writeEndObject();
            }
            case VARIANT_NOT_SET -> {}
        }
        out.writeEndObject();
    }

    private static void input(JsonGenerator out, String field, VectorInput input) throws IOException {
        out.writeFieldName(field);
        Vectors.write(out, input);
    }

    private static void inputs(JsonGenerator out, String field, List<VectorInput> inputs) throws IOException {
        out.writeArrayFieldStart(field);
        for (VectorInput input : inputs) {
            Vectors.write(out, input);
        }
        out.writeEndArray();
    }

    private static void recommend(JsonGenerator out, RecommendInput recommend) throws IOException {
        inputs(out, "positive", recommend.getPositiveList());
        inputs(out, "negative", recommend.getNegativeList());
        if (recommend.hasStrategy()) {
            out.writeStringField("strategy", strategy(recommend.getStrategy()));
        }
    }

    static String strategy(RecommendStrategy strategy) {
        return switch (strategy) {
            case AverageVector -> "average_vector";
            case BestScore -> "best_score";
            case SumScores -> "sum_scores";
            case UNRECOGNIZED -> "unknown";
        };
    }

    private static void pairs(JsonGenerator out, List<ContextInputPair> pairs) throws IOException {
        out.writeArrayFieldStart("context");
        for (ContextInputPair pair : pairs) {
            out.writeStartObject();
            input(out, "positive", pair.getPositive());
            input(out, "negative", pair.getNegative());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void orderBy(JsonGenerator out, OrderBy order) throws IOException {
        out.writeObjectFieldStart("order_by");
        out.writeStringField("key", order.getKey());
        if (order.hasDirection()) {
            out.writeStringField(
                    "direction",
                    switch (order.getDirection()) {
                        case Asc -> "asc";
                        case Desc -> "desc";
                        case UNRECOGNIZED -> "unknown";
                    });
        }
        if (order.hasStartFrom()) {
            StartFrom from = order.getStartFrom();
            switch (from.getValueCase()) {
                case FLOAT -> out.writeNumberField("start_from", from.getFloat());
                case INTEGER -> out.writeNumberField("start_from", from.getInteger());
                case TIMESTAMP -> out.writeStringField("start_from", Filters.text(from.getTimestamp()));
                case DATETIME -> out.writeStringField("start_from", from.getDatetime());
                case VALUE_NOT_SET -> {}
            }
        }
        out.writeEndObject();
    }

    static void params(JsonGenerator out, SearchParams params) throws IOException {
        out.writeObjectFieldStart("params");
        if (params.hasHnswEf()) {
            Form.unsigned(out, "hnsw_ef", params.getHnswEf());
        }
        if (params.hasExact()) {
            out.writeBooleanField("exact", params.getExact());
        }
        if (params.hasIndexedOnly()) {
            out.writeBooleanField("indexed_only", params.getIndexedOnly());
        }
        if (params.hasQuantization()) {
            out.writeObjectFieldStart("quantization");
            if (params.getQuantization().hasIgnore()) {
                out.writeBooleanField("ignore", params.getQuantization().getIgnore());
            }
            if (params.getQuantization().hasRescore()) {
                out.writeBooleanField("rescore", params.getQuantization().getRescore());
            }
            if (params.getQuantization().hasOversampling()) {
                out.writeNumberField("oversampling", params.getQuantization().getOversampling());
            }
            out.writeEndObject();
        }
        if (params.hasAcorn()) {
            out.writeObjectFieldStart("acorn");
            if (params.getAcorn().hasEnable()) {
                out.writeBooleanField("enable", params.getAcorn().getEnable());
            }
            if (params.getAcorn().hasMaxSelectivity()) {
                out.writeNumberField("max_selectivity", params.getAcorn().getMaxSelectivity());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    static void lookup(JsonGenerator out, LookupLocation lookup) throws IOException {
        out.writeObjectFieldStart("lookup_from");
        out.writeStringField("collection", lookup.getCollectionName());
        if (lookup.hasVectorName()) {
            out.writeStringField("vector", lookup.getVectorName());
        }
        Selections.shard(out, lookup.hasShardKeySelector(), lookup.getShardKeySelector());
        out.writeEndObject();
    }

    static void withLookup(JsonGenerator out, WithLookup lookup) throws IOException {
        out.writeObjectFieldStart("with_lookup");
        out.writeStringField("collection", lookup.getCollection());
        if (lookup.hasWithPayload()) {
            Selections.payload(out, lookup.getWithPayload());
        }
        if (lookup.hasWithVectors()) {
            // The reader's name of it.
            switch (lookup.getWithVectors().getSelectorOptionsCase()) {
                case ENABLE ->
                    out.writeBooleanField(
                            "with_vectors", lookup.getWithVectors().getEnable());
                case INCLUDE ->
                    Form.strings(
                            out,
                            "with_vectors",
                            lookup.getWithVectors().getInclude().getNamesList());
                case SELECTOROPTIONS_NOT_SET -> {}
            }
        }
        out.writeEndObject();
    }
}
