package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.ContextExamplePair;
import io.qdrant.client.grpc.Points.DiscoverBatchPoints;
import io.qdrant.client.grpc.Points.DiscoverPoints;
import io.qdrant.client.grpc.Points.RecommendBatchPoints;
import io.qdrant.client.grpc.Points.RecommendPointGroups;
import io.qdrant.client.grpc.Points.RecommendPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorExample;
import java.io.IOException;
import java.util.List;

/** The older recommendations and discoveries. */
public final class Examples {

    private Examples() {}

    public static byte[] of(RecommendPoints recommend) {
        return Form.object(out -> fields(out, recommend));
    }

    public static byte[] of(RecommendBatchPoints batch) {
        return Form.object(out -> {
            out.writeArrayFieldStart("searches");
            for (RecommendPoints recommend : batch.getRecommendPointsList()) {
                out.writeStartObject();
                fields(out, recommend);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void fields(JsonGenerator out, RecommendPoints recommend) throws IOException {
        examples(out, "positive", recommend.getPositiveList(), recommend.getPositiveVectorsList());
        examples(out, "negative", recommend.getNegativeList(), recommend.getNegativeVectorsList());
        if (recommend.hasStrategy()) {
            out.writeStringField("strategy", Queries.strategy(recommend.getStrategy()));
        }
        if (recommend.hasFilter()) {
            Filters.write(out, "filter", recommend.getFilter());
        }
        Form.unsigned(out, "limit", recommend.getLimit());
        if (recommend.hasOffset()) {
            Form.unsigned(out, "offset", recommend.getOffset());
        }
        if (recommend.hasWithPayload()) {
            Selections.payload(out, recommend.getWithPayload());
        }
        if (recommend.hasWithVectors()) {
            Selections.vectors(out, recommend.getWithVectors());
        }
        if (recommend.hasParams()) {
            Queries.params(out, recommend.getParams());
        }
        if (recommend.hasScoreThreshold()) {
            out.writeNumberField("score_threshold", recommend.getScoreThreshold());
        }
        if (recommend.hasUsing()) {
            out.writeStringField("using", recommend.getUsing());
        }
        if (recommend.hasLookupFrom()) {
            Queries.lookup(out, recommend.getLookupFrom());
        }
        Selections.shard(out, recommend.hasShardKeySelector(), recommend.getShardKeySelector());
    }

    public static byte[] of(RecommendPointGroups groups) {
        return Form.object(out -> {
            examples(out, "positive", groups.getPositiveList(), groups.getPositiveVectorsList());
            examples(out, "negative", groups.getNegativeList(), groups.getNegativeVectorsList());
            if (groups.hasStrategy()) {
                out.writeStringField("strategy", Queries.strategy(groups.getStrategy()));
            }
            if (groups.hasFilter()) {
                Filters.write(out, "filter", groups.getFilter());
            }
            out.writeNumberField("limit", Integer.toUnsignedLong(groups.getLimit()));
            out.writeNumberField("group_size", Integer.toUnsignedLong(groups.getGroupSize()));
            out.writeStringField("group_by", groups.getGroupBy());
            if (groups.hasWithPayload()) {
                Selections.payload(out, groups.getWithPayload());
            }
            if (groups.hasWithVectors()) {
                Selections.vectors(out, groups.getWithVectors());
            }
            if (groups.hasParams()) {
                Queries.params(out, groups.getParams());
            }
            if (groups.hasScoreThreshold()) {
                out.writeNumberField("score_threshold", groups.getScoreThreshold());
            }
            if (groups.hasUsing()) {
                out.writeStringField("using", groups.getUsing());
            }
            if (groups.hasLookupFrom()) {
                Queries.lookup(out, groups.getLookupFrom());
            }
            if (groups.hasWithLookup()) {
                Queries.withLookup(out, groups.getWithLookup());
            }
            Selections.shard(out, groups.hasShardKeySelector(), groups.getShardKeySelector());
        });
    }

    public static byte[] of(DiscoverPoints discover) {
        return Form.object(out -> fields(out, discover));
    }

    public static byte[] of(DiscoverBatchPoints batch) {
        return Form.object(out -> {
            out.writeArrayFieldStart("searches");
            for (DiscoverPoints discover : batch.getDiscoverPointsList()) {
                out.writeStartObject();
                fields(out, discover);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void fields(JsonGenerator out, DiscoverPoints discover) throws IOException {
        if (discover.hasTarget()) {
            example(out, "target", discover.getTarget().getSingle());
        }
        out.writeArrayFieldStart("context");
        for (ContextExamplePair pair : discover.getContextList()) {
            out.writeStartObject();
            example(out, "positive", pair.getPositive());
            example(out, "negative", pair.getNegative());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (discover.hasFilter()) {
            Filters.write(out, "filter", discover.getFilter());
        }
        Form.unsigned(out, "limit", discover.getLimit());
        if (discover.hasOffset()) {
            Form.unsigned(out, "offset", discover.getOffset());
        }
        if (discover.hasWithPayload()) {
            Selections.payload(out, discover.getWithPayload());
        }
        if (discover.hasWithVectors()) {
            Selections.vectors(out, discover.getWithVectors());
        }
        if (discover.hasParams()) {
            Queries.params(out, discover.getParams());
        }
        if (discover.hasUsing()) {
            out.writeStringField("using", discover.getUsing());
        }
        if (discover.hasLookupFrom()) {
            Queries.lookup(out, discover.getLookupFrom());
        }
        Selections.shard(out, discover.hasShardKeySelector(), discover.getShardKeySelector());
    }

    private static void example(JsonGenerator out, String field, VectorExample example) throws IOException {
        out.writeFieldName(field);
        switch (example.getExampleCase()) {
            case ID -> Ids.write(out, example.getId());
            case VECTOR -> Vectors.write(out, example.getVector());
            case EXAMPLE_NOT_SET -> out.writeNull();
        }
    }

    /** Ids and vectors are apart in messages; scores do not depend on their order. */
    private static void examples(JsonGenerator out, String field, List<PointId> ids, List<Vector> vectors)
            throws IOException {
        out.writeArrayFieldStart(field);
        for (PointId id : ids) {
            Ids.write(out, id);
        }
        for (Vector vector : vectors) {
            Vectors.write(out, vector);
        }
        out.writeEndArray();
    }
}
