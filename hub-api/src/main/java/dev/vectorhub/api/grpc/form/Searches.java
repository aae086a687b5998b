package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.qdrant.client.grpc.Points.SearchBatchPoints;
import io.qdrant.client.grpc.Points.SearchPointGroups;
import io.qdrant.client.grpc.Points.SearchPoints;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The older searches. */
public final class Searches {

    private Searches() {}

    public static byte[] of(SearchPoints search) {
        return Form.object(out -> fields(out, search));
    }

    /** The vector of a search; null for a sparse one. See {@link Queries#nearest}. */
    public static @Nullable ByteString nearest(SearchPoints search) {
        return search.hasSparseIndices() ? null : Components.f32(search::getVector, search.getVectorCount(), "vector");
    }

    /** What stands around the vector, in the form of a query's body. */
    public static byte[] aroundNearest(SearchPoints search) {
        return Form.object(out -> {
            if (search.hasVectorName()) {
                out.writeStringField("using", search.getVectorName());
            }
            around(out, search);
        });
    }

    public static byte[] of(SearchBatchPoints batch) {
        return Form.object(out -> {
            out.writeArrayFieldStart("searches");
            for (SearchPoints search : batch.getSearchPointsList()) {
                out.writeStartObject();
                fields(out, search);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    public static byte[] of(SearchPointGroups search) {
        return Form.object(out -> {
            vector(
                    out,
                    search.hasVectorName() ? search.getVectorName() : "",
                    search.getVectorList(),
                    search.hasSparseIndices() ? search.getSparseIndices().getDataList() : null);
            if (search.hasFilter()) {
                Filters.write(out, "filter", search.getFilter());
            }
            out.writeNumberField("limit", Integer.toUnsignedLong(search.getLimit()));
            out.writeNumberField("group_size", Integer.toUnsignedLong(search.getGroupSize()));
            out.writeStringField("group_by", search.getGroupBy());
            if (search.hasWithPayload()) {
                Selections.payload(out, search.getWithPayload());
            }
            if (search.hasWithVectors()) {
                Selections.vectors(out, search.getWithVectors());
            }
            if (search.hasParams()) {
                Queries.params(out, search.getParams());
            }
            if (search.hasScoreThreshold()) {
                out.writeNumberField("score_threshold", search.getScoreThreshold());
            }
            if (search.hasWithLookup()) {
                Queries.withLookup(out, search.getWithLookup());
            }
            Selections.shard(out, search.hasShardKeySelector(), search.getShardKeySelector());
        });
    }

    private static void fields(JsonGenerator out, SearchPoints search) throws IOException {
        vector(
                out,
                search.hasVectorName() ? search.getVectorName() : "",
                search.getVectorList(),
                search.hasSparseIndices() ? search.getSparseIndices().getDataList() : null);
        around(out, search);
    }

    private static void around(JsonGenerator out, SearchPoints search) throws IOException {
        if (search.hasFilter()) {
            Filters.write(out, "filter", search.getFilter());
        }
        Form.unsigned(out, "limit", search.getLimit());
        if (search.hasWithPayload()) {
            Selections.payload(out, search.getWithPayload());
        }
        if (search.hasParams()) {
            Queries.params(out, search.getParams());
        }
        if (search.hasScoreThreshold()) {
            out.writeNumberField("score_threshold", search.getScoreThreshold());
        }
        if (search.hasOffset()) {
            Form.unsigned(out, "offset", search.getOffset());
        }
        if (search.hasWithVectors()) {
            Selections.vectors(out, search.getWithVectors());
        }
        Selections.shard(out, search.hasShardKeySelector(), search.getShardKeySelector());
    }

    private static void vector(JsonGenerator out, String name, List<Float> values, @Nullable List<Integer> indices)
            throws IOException {
        out.writeFieldName("vector");
        if (name.isEmpty() && indices == null) {
            Vectors.dense(out, values);
            return;
        }
        out.writeStartObject();
        out.writeStringField("name", name);
        out.writeFieldName("vector");
        if (indices == null) {
            Vectors.dense(out, values);
        } else {
            Vectors.sparse(out, indices, values);
        }
        out.writeEndObject();
    }
}
