package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.api.qdrant.json.JsonBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a collection's configuration, read field by field: a field that is absent or null counts as not given; one
 * that has a wrong type or is out of bounds is refused with its path. Configurations are small and rare, so they are trees.
 */
final class ConfigNode {

    static final ObjectMapper TREES = new ObjectMapper(((JsonFactoryBuilder) BodyLimits.FACTORY.rebuild())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final ObjectNode node;
    private final String path;

    private ConfigNode(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** @throws TenantApiException 400 where the bytes are no JSON object */
    static ConfigNode of(byte[] bytes) {
        // The stream's checks (encoding, depth, nothing behind) hold for trees as well.
        JsonBody.read(bytes, body -> {
            body.expectObject();
            finite(body);
            return body;
        });
        try {
            return new ConfigNode((ObjectNode) TREES.readTree(bytes), "");
        } catch (JsonProcessingException e) {
            throw BodyErrors.format("", BodyErrors.sentence(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** A tree would hold a number that binary64 does not as infinity, which no answer could show. */
    private static void finite(JsonBody body) {
        switch (body.token()) {
            case START_OBJECT -> {
                while (body.nextField() != null) {
                    finite(body);
                }
            }
            case START_ARRAY -> {
                while (body.nextElement()) {
                    finite(body);
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> body.float64();
            default -> body.skip();
        }
    }

    /** A configuration that the catalog kept. */
    static ObjectNode kept(String json) {
        try {
            return (ObjectNode) TREES.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the catalog holds a configuration that is no JSON object", e);
        }
    }

    ObjectNode node() {
        return node;
    }

    String path() {
        return path;
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    @Nullable
    JsonNode given(String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    ConfigNode object(String field) {
        JsonNode value = given(field);
        return value == null ? null : object(value, path(field));
    }

    static ConfigNode object(JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            return new ConfigNode(object, path);
        }
        throw BodyErrors.format(path, "expected an object, got " + shown(value));
    }

    /** The number, or −1 where it is not given. */
    long integer(String field, long min, long max) {
        JsonNode value = given(field);
        if (value == null) {
            return -1;
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() < 0) {
            throw BodyErrors.format(path(field), "expected a whole number that is at least 0, got " + shown(value));
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            throw BodyErrors.outOfRange(path(field), shown(value), min, max);
        }
        return value.longValue();
    }

    void number(String field, double min, double max) {
        JsonNode value = given(field);
        if (value == null) {
            return;
        }
        if (!value.isNumber()) {
            throw BodyErrors.format(path(field), "expected a number, got " + shown(value));
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            throw BodyErrors.invalid(
                    path(field), "value " + shown(value) + " invalid, must be from " + min + " to " + max);
        }
    }

    void bool(String field) {
        JsonNode value = given(field);
        if (value != null && !value.isBoolean()) {
            throw BodyErrors.format(path(field), "expected true or false, got " + shown(value));
        }
    }

    /** One of the words; null where it is not given. */
    @Nullable
    String word(String field, Set<String> words) {
        JsonNode value = given(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || !words.contains(value.textValue())) {
            throw BodyErrors.format(path(field), "expected one of " + words + ", got " + shown(value));
        }
        return value.textValue();
    }

    /** Copies the fields that are given; what else is there changes nothing and is not kept. */
    void copy(ObjectNode into, String... fields) {
        for (String field : fields) {
            JsonNode value = given(field);
            if (value != null) {
                into.set(field, value);
            }
        }
    }

    static String shown(JsonNode value) {
        return BodyErrors.shown(value.toString());
    }
}
