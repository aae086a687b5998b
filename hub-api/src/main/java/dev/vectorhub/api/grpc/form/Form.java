package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a body. */
final class Form {

    private Form() {}

    /** Writes one JSON value, or the fields of an object. */
    interface Part {
        void write(JsonGenerator out) throws IOException;
    }

    /** A body that is an object with these fields. */
    static byte[] object(Part fields) {
        return value(out -> {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        });
    }

    /** A value alone. */
    static byte[] value(Part value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(bytes)) {
            value.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    static void object(JsonGenerator out, String field, Part fields) throws IOException {
        out.writeObjectFieldStart(field);
        fields.write(out);
        out.writeEndObject();
    }

    static void strings(JsonGenerator out, String field, List<String> values) throws IOException {
        out.writeArrayFieldStart(field);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    static void integers(JsonGenerator out, String field, List<Long> values) throws IOException {
        out.writeArrayFieldStart(field);
        for (long value : values) {
            out.writeNumber(value);
        }
        out.writeEndArray();
    }

    /** A uint64, as large as it is. */
    static void unsigned(JsonGenerator out, String field, long value) throws IOException {
        out.writeFieldName(field);
        unsigned(out, value);
    }

    static void unsigned(JsonGenerator out, long value) throws IOException {
        if (value >= 0) {
            out.writeNumber(value);
        } else {
            out.writeNumber(Long.toUnsignedString(value));
        }
    }
}
