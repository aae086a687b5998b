package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.ShardKeySelector;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.io.IOException;

/** What of a point an answer shows, and which points a write is for. */
final class Selections {

    private Selections() {}

    static void payload(JsonGenerator out, WithPayloadSelector selector) throws IOException {
        out.writeFieldName("with_payload");
        switch (selector.getSelectorOptionsCase()) {
            case ENABLE -> out.writeBoolean(selector.getEnable());
            case INCLUDE -> {
                out.writeStartObject();
                Form.strings(out, "include", selector.getInclude().getFieldsList());
                out.writeEndObject();
            }
            case EXCLUDE -> {
                out.writeStartObject();
                Form.strings(out, "exclude", selector.getExclude().getFieldsList());
                out.writeEndObject();
            }
            case SELECTOROPTIONS_NOT_SET -> out.writeNull();
        }
    }

    static void vectors(JsonGenerator out, WithVectorsSelector selector) throws IOException {
        switch (selector.getSelectorOptionsCase()) {
            case ENABLE -> out.writeBooleanField("with_vector", selector.getEnable());
            case INCLUDE ->
                Form.strings(out, "with_vector", selector.getInclude().getNamesList());
            case SELECTOROPTIONS_NOT_SET -> out.writeNullField("with_vector");
        }
    }

    /** One of the two kinds, or neither: then the reader says what is missing. */
    static void points(JsonGenerator out, PointsSelector selector) throws IOException {
        switch (selector.getPointsSelectorOneOfCase()) {
            case POINTS -> Ids.write(out, "points", selector.getPoints().getIdsList());
            case FILTER -> Filters.write(out, "filter", selector.getFilter());
            case POINTSSELECTORONEOF_NOT_SET -> {}
        }
    }

    /** The reader knows what it makes of shard keys. */
    static void shard(JsonGenerator out, boolean given, ShardKeySelector selector) throws IOException {
        if (given && selector.getShardKeysCount() > 0) {
            out.writeArrayFieldStart("shard_key");
            for (var key : selector.getShardKeysList()) {
                if (key.hasKeyword()) {
                    out.writeString(key.getKeyword());
                } else {
                    Form.unsigned(out, key.getNumber());
                }
            }
            out.writeEndArray();
        }
    }
}
