package dev.vectorhub.api.grpc.form;

import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchMatrixPoints;

/** Reads that do not rank: by id, in order, by number. */
public final class Reads {

    private Reads() {}

    public static byte[] of(GetPoints get) {
        return Form.object(out -> {
            Ids.write(out, "ids", get.getIdsList());
            // Without a selector gRPC shows no payload where REST shows all.
            if (get.hasWithPayload()) {
                Selections.payload(out, get.getWithPayload());
            } else {
                out.writeBooleanField("with_payload", false);
            }
            if (get.hasWithVectors()) {
                Selections.vectors(out, get.getWithVectors());
            }
            Selections.shard(out, get.hasShardKeySelector(), get.getShardKeySelector());
        });
    }

    public static byte[] of(ScrollPoints scroll) {
        return Form.object(out -> {
            if (scroll.hasFilter()) {
                Filters.write(out, "filter", scroll.getFilter());
            }
            if (scroll.hasOffset()) {
                Ids.write(out, "offset", scroll.getOffset());
            }
            if (scroll.hasLimit()) {
                out.writeNumberField("limit", Integer.toUnsignedLong(scroll.getLimit()));
            }
            if (scroll.hasWithPayload()) {
                Selections.payload(out, scroll.getWithPayload());
            } else {
                out.writeBooleanField("with_payload", false);
            }
            if (scroll.hasWithVectors()) {
                Selections.vectors(out, scroll.getWithVectors());
            }
            if (scroll.hasOrderBy()) {
                Queries.orderBy(out, scroll.getOrderBy());
            }
            Selections.shard(out, scroll.hasShardKeySelector(), scroll.getShardKeySelector());
        });
    }

    public static byte[] of(CountPoints count) {
        return Form.object(out -> {
            if (count.hasFilter()) {
                Filters.write(out, "filter", count.getFilter());
            }
            if (count.hasExact()) {
                out.writeBooleanField("exact", count.getExact());
            }
            Selections.shard(out, count.hasShardKeySelector(), count.getShardKeySelector());
        });
    }

    public static byte[] of(FacetCounts facet) {
        return Form.object(out -> {
            out.writeStringField("key", facet.getKey());
            if (facet.hasFilter()) {
                Filters.write(out, "filter", facet.getFilter());
            }
            if (facet.hasLimit()) {
                Form.unsigned(out, "limit", facet.getLimit());
            }
            if (facet.hasExact()) {
                out.writeBooleanField("exact", facet.getExact());
            }
            Selections.shard(out, facet.hasShardKeySelector(), facet.getShardKeySelector());
        });
    }

    public static byte[] of(SearchMatrixPoints matrix) {
        return Form.object(out -> {
            if (matrix.hasFilter()) {
                Filters.write(out, "filter", matrix.getFilter());
            }
            if (matrix.hasSample()) {
                Form.unsigned(out, "sample", matrix.getSample());
            }
            if (matrix.hasLimit()) {
                Form.unsigned(out, "limit", matrix.getLimit());
            }
            if (matrix.hasUsing()) {
                out.writeStringField("using", matrix.getUsing());
            }
            Selections.shard(out, matrix.hasShardKeySelector(), matrix.getShardKeySelector());
        });
    }
}
