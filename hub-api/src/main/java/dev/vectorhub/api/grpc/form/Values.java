package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.api.qdrant.json.PayloadReader;
import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.NullValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Payloads and other JSON values: Qdrant's {@code Value} in messages, JSON in bodies and in the engine. */
public final class Values {

    private Values() {}

    static void write(JsonGenerator out, String field, Map<String, Value> object) throws IOException {
        out.writeFieldName(field);
        write(out, object, 1);
    }

    static void write(JsonGenerator out, Value value) throws IOException {
        write(out, value, 1);
    }

    private static void write(JsonGenerator out, Map<String, Value> object, int depth) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Value> entry : object.entrySet()) {
            out.writeFieldName(entry.getKey());
            write(out, entry.getValue(), depth);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Value value, int depth) throws IOException {
        if (depth == PayloadReader.DEPTH_MAX && (value.hasStructValue() || value.hasListValue())) {
            throw BodyErrors.invalid("payload", "a payload is nested at most " + PayloadReader.DEPTH_MAX + " deep");
        }
        switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> out.writeNull();
            case DOUBLE_VALUE -> {
                if (!Double.isFinite(value.getDoubleValue())) {
                    throw BodyErrors.format("payload", "a number is not finite");
                }
                out.writeNumber(value.getDoubleValue());
            }
            case INTEGER_VALUE -> out.writeNumber(value.getIntegerValue());
            case STRING_VALUE -> out.writeString(value.getStringValue());
            case BOOL_VALUE -> out.writeBoolean(value.getBoolValue());
            case STRUCT_VALUE -> write(out, value.getStructValue().getFieldsMap(), depth + 1);
            case LIST_VALUE -> {
                out.writeStartArray();
                for (Value element : value.getListValue().getValuesList()) {
                    write(out, element, depth + 1);
                }
                out.writeEndArray();
            }
        }
    }

    /**
     * A payload as the engine keeps it; an empty one is no bytes.
     *
     * @throws TenantApiException 400 or 422 for what JSON cannot say, and for too deep a nesting
     */
    public static ByteString payload(Map<String, Value> payload) {
        if (payload.isEmpty()) {
            return ByteString.EMPTY;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(bytes)) {
            write(out, payload, 1);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    /** Takes the fields of a JSON object in UTF-8, for an answer; the bytes are the engine's own. */
    public interface Fields {
        void put(String name, Value value);
    }

    /** Reads a payload; no bytes are no fields. */
    public static void read(ByteString json, Fields into) {
        if (json.isEmpty()) {
            return;
        }
        try (JsonParser in = BodyLimits.FACTORY.createParser(json.newInput())) {
            in.nextToken();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                into.put(name, value(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the engine holds a payload that is no JSON object", e);
        }
    }

    private static Value value(JsonParser in) throws IOException {
        Value.Builder value = Value.newBuilder();
        switch (in.currentToken()) {
            case START_OBJECT -> {
                Struct.Builder struct = Struct.newBuilder();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    struct.putFields(name, value(in));
                }
                value.setStructValue(struct);
            }
            case START_ARRAY -> {
                ListValue.Builder list = ListValue.newBuilder();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.addValues(value(in));
                }
                value.setListValue(list);
            }
            case VALUE_STRING -> value.setStringValue(in.getText());
            case VALUE_TRUE, VALUE_FALSE -> value.setBoolValue(in.getBooleanValue());
            case VALUE_NUMBER_INT -> {
                // Beyond 64 bits only a double is left, as in Qdrant.
                if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    value.setDoubleValue(in.getDoubleValue());
                } else {
                    value.setIntegerValue(in.getLongValue());
                }
            }
            case VALUE_NUMBER_FLOAT -> value.setDoubleValue(in.getDoubleValue());
            default -> value.setNullValue(NullValue.NULL_VALUE);
        }
        return value.build();
    }
}
