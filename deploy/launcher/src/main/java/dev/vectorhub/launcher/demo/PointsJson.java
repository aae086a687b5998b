package dev.vectorhub.launcher.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Bodies of the tenant API's requests. */
final class PointsJson {
    private static final JsonFactory JSON = new JsonFactory();
    /** Bytes that a component takes at the most, for a buffer that need not grow. */
    private static final int COMPONENT_BYTES = 14;

    private PointsJson() {}

    /** An upsert of rows {@code from} to {@code to}; the row number is the point's id. */
    static byte[] upsert(List<Gloss> glosses, List<float[]> vectors, int from, int to) {
        return write((to - from) * GlossEmbedder.DIMENSIONS * COMPONENT_BYTES, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("points");
            for (int row = from; row < to; row++) {
                Gloss gloss = glosses.get(row);
                json.writeStartObject();
                json.writeNumberField("id", row);
                vector(json, "vector", vectors.get(row));
                json.writeObjectFieldStart("payload");
                json.writeStringField("lemma", gloss.lemma());
                json.writeStringField("part_of_speech", gloss.partOfSpeech());
                json.writeStringField("domain", gloss.domain());
                json.writeStringField("text", gloss.text());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** A search for {@code limit} points, within one lexical domain if it is not empty. */
    static byte[] query(float[] vector, int limit, String domain, boolean withPayload) {
        return write(GlossEmbedder.DIMENSIONS * COMPONENT_BYTES, json -> {
            json.writeStartObject();
            vector(json, "query", vector);
            json.writeNumberField("limit", limit);
            json.writeBooleanField("with_payload", withPayload);
            if (!domain.isEmpty()) {
                json.writeObjectFieldStart("filter");
                json.writeArrayFieldStart("must");
                json.writeStartObject();
                json.writeStringField("key", "domain");
                json.writeObjectFieldStart("match");
                json.writeStringField("value", domain);
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void vector(JsonGenerator json, String name, float[] components) throws IOException {
        json.writeArrayFieldStart(name);
        for (float component : components) {
            json.writeNumber(component);
        }
        json.writeEndArray();
    }

    private static byte[] write(int bytes, Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
