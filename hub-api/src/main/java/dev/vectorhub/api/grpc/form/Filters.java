package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.GeoLineString;
import io.qdrant.client.grpc.Common.GeoPoint;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Filters. */
final class Filters {

    private Filters() {}

    /** For the engine, by the reader that knows filters. */
    static dev.vectorhub.engine.wire.v1.Filter engine(Filter filter) {
        byte[] body = Form.object(out -> clauses(out, filter));
        dev.vectorhub.engine.wire.v1.Filter read = JsonBody.read(body, FilterReader::read);
        return read == null ? dev.vectorhub.engine.wire.v1.Filter.getDefaultInstance() : read;
    }

    static void write(JsonGenerator out, String field, Filter filter) throws IOException {
        out.writeFieldName(field);
        write(out, filter);
    }

    private static void write(JsonGenerator out, Filter filter) throws IOException {
        out.writeStartObject();
        clauses(out, filter);
        out.writeEndObject();
    }

    private static void clauses(JsonGenerator out, Filter filter) throws IOException {
        conditions(out, "should", filter.getShouldList());
        conditions(out, "must", filter.getMustList());
        conditions(out, "must_not", filter.getMustNotList());
        if (filter.hasMinShould()) {
            out.writeObjectFieldStart("min_should");
            out.writeArrayFieldStart("conditions");
            for (Condition condition : filter.getMinShould().getConditionsList()) {
                write(out, condition);
            }
            out.writeEndArray();
            Form.unsigned(out, "min_count", filter.getMinShould().getMinCount());
            out.writeEndObject();
        }
    }

    /** No conditions are no clause: an empty {@code should} would hold for nothing in some readers' eyes. */
    private static void conditions(JsonGenerator out, String clause, List<Condition> conditions) throws IOException {
        if (!conditions.isEmpty()) {
            out.writeArrayFieldStart(clause);
            for (Condition condition : conditions) {
                write(out, condition);
            }
            out.writeEndArray();
        }
    }

    static void write(JsonGenerator out, Condition condition) throws IOException {
        switch (condition.getConditionOneOfCase()) {
            case FILTER -> {
                write(out, condition.getFilter());
                return;
            }
            case CONDITIONONEOF_NOT_SET -> {
                // A condition without a kind is refused by the reader; null is no object.
                out.writeNull();
                return;
            }
            default -> {}
        }
        out.writeStartObject();
        switch (condition.getConditionOneOfCase()) {
            case FIELD -> field(out, condition.getField());
            case IS_EMPTY -> key(out, "is_empty", condition.getIsEmpty().getKey());
            case IS_NULL -> key(out, "is_null", condition.getIsNull().getKey());
            case HAS_ID -> Ids.write(out, "has_id", condition.getHasId().getHasIdList());
            case HAS_VECTOR ->
                out.writeStringField("has_vector", condition.getHasVector().getHasVector());
            case NESTED -> {
                out.writeObjectFieldStart("nested");
                out.writeStringField("key", condition.getNested().getKey());
                write(out, "filter", condition.getNested().getFilter());
                out.writeEndObject();
            }
            case FILTER, CONDITIONONEOF_NOT_SET -> throw new AssertionError("written before");
        }
        out.writeEndObject();
    }

    private static void key(JsonGenerator out, String kind, String key) throws IOException {
        out.writeObjectFieldStart(kind);
        out.writeStringField("key", key);
        out.writeEndObject();
    }

    private static void field(JsonGenerator out, FieldCondition field) throws IOException {
        out.writeStringField("key", field.getKey());
        if (field.hasMatch()) {
            match(out, field.getMatch());
        }
        if (field.hasRange()) {
            range(out, field.getRange());
        }
        if (field.hasDatetimeRange()) {
            datetimes(out, field.getDatetimeRange());
        }
        if (field.hasGeoBoundingBox()) {
            out.writeObjectFieldStart("geo_bounding_box");
            point(out, "top_left", field.getGeoBoundingBox().getTopLeft());
            point(out, "bottom_right", field.getGeoBoundingBox().getBottomRight());
            out.writeEndObject();
        }
        if (field.hasGeoRadius()) {
            out.writeObjectFieldStart("geo_radius");
            point(out, "center", field.getGeoRadius().getCenter());
            out.writeNumberField("radius", field.getGeoRadius().getRadius());
            out.writeEndObject();
        }
        if (field.hasGeoPolygon()) {
            out.writeObjectFieldStart("geo_polygon");
            out.writeFieldName("exterior");
            line(out, field.getGeoPolygon().getExterior());
            out.writeArrayFieldStart("interiors");
            for (GeoLineString interior : field.getGeoPolygon().getInteriorsList()) {
                line(out, interior);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        if (field.hasValuesCount()) {
            count(out, field.getValuesCount());
        }
        if (field.hasIsEmpty()) {
            out.writeBooleanField("is_empty", field.getIsEmpty());
        }
        if (field.hasIsNull()) {
            out.writeBooleanField("is_null", field.getIsNull());
        }
    }

    private static void match(JsonGenerator out, Match match) throws IOException {
        out.writeObjectFieldStart("match");
        switch (match.getMatchValueCase()) {
            case KEYWORD -> out.writeStringField("value", match.getKeyword());
            case INTEGER -> out.writeNumberField("value", match.getInteger());
            case BOOLEAN -> out.writeBooleanField("value", match.getBoolean());
            case TEXT -> out.writeStringField("text", match.getText());
            case TEXT_ANY -> out.writeStringField("text_any", match.getTextAny());
            case PHRASE -> out.writeStringField("phrase", match.getPhrase());
            case KEYWORDS -> Form.strings(out, "any", match.getKeywords().getStringsList());
            case INTEGERS -> Form.integers(out, "any", match.getIntegers().getIntegersList());
            case EXCEPT_KEYWORDS ->
                Form.strings(out, "except", match.getExceptKeywords().getStringsList());
            case EXCEPT_INTEGERS ->
                Form.integers(out, "except", match.getExceptIntegers().getIntegersList());
            case MATCHVALUE_NOT_SET -> {}
        }
        out.writeEndObject();
    }

    private static void range(JsonGenerator out, Range range) throws IOException {
        out.writeObjectFieldStart("range");
        if (range.hasLt()) {
            out.writeNumberField("lt", range.getLt());
        }
        if (range.hasGt()) {
            out.writeNumberField("gt", range.getGt());
        }
        if (range.hasGte()) {
            out.writeNumberField("gte", range.getGte());
        }
        if (range.hasLte()) {
            out.writeNumberField("lte", range.getLte());
        }
        out.writeEndObject();
    }

    private static void datetimes(JsonGenerator out, DatetimeRange range) throws IOException {
        out.writeObjectFieldStart("range");
        if (range.hasLt()) {
            out.writeStringField("lt", text(range.getLt()));
        }
        if (range.hasGt()) {
            out.writeStringField("gt", text(range.getGt()));
        }
        if (range.hasGte()) {
            out.writeStringField("gte", text(range.getGte()));
        }
        if (range.hasLte()) {
            out.writeStringField("lte", text(range.getLte()));
        }
        out.writeEndObject();
    }

    /** RFC 3339; what no calendar has is left for the reader to refuse. */
    static String text(Timestamp timestamp) {
        try {
            return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos())
                    .toString();
        } catch (DateTimeException | ArithmeticException e) {
            return timestamp.getSeconds() + "." + timestamp.getNanos();
        }
    }

    private static void count(JsonGenerator out, ValuesCount count) throws IOException {
        out.writeObjectFieldStart("values_count");
        if (count.hasLt()) {
            Form.unsigned(out, "lt", count.getLt());
        }
        if (count.hasGt()) {
            Form.unsigned(out, "gt", count.getGt());
        }
        if (count.hasGte()) {
            Form.unsigned(out, "gte", count.getGte());
        }
        if (count.hasLte()) {
            Form.unsigned(out, "lte", count.getLte());
        }
        out.writeEndObject();
    }

    static void point(JsonGenerator out, String field, GeoPoint point) throws IOException {
        out.writeFieldName(field);
        point(out, point);
    }

    private static void point(JsonGenerator out, GeoPoint point) throws IOException {
        out.writeStartObject();
        out.writeNumberField("lon", point.getLon());
        out.writeNumberField("lat", point.getLat());
        out.writeEndObject();
    }

    private static void line(JsonGenerator out, GeoLineString line) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("points");
        for (GeoPoint point : line.getPointsList()) {
            point(out, point);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
