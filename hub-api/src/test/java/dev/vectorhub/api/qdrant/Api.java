package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The tenant API as a client with one key sees it. */
final class Api {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI root;
    private final @Nullable String key;

    Api(URI root, @Nullable String key) {
        this.root = root;
        this.key = key;
    }

    /** An answer: its status, its body as it came, and as a tree. */
    record Answer(int status, String text, JsonNode body, HttpResponse<String> http) {

        JsonNode result() {
            return body.path("result");
        }

        String error() {
            return body.at("/status/error").asText();
        }

        /** The envelope of a success; returns the result. */
        JsonNode ok() {
            assertEquals(200, status, text);
            assertEquals("ok", body.path("status").asText(), text);
            assertTrue(body.path("time").asDouble(-1) >= 0, text);
            assertTrue(body.at("/usage/hardware/cpu").isIntegralNumber(), text);
            return body.get("result");
        }

        /** The envelope of an error. */
        void refused(int expected, String message) {
            assertEquals(expected + " " + message, status + " " + error(), text);
            assertTrue(body.path("time").isNumber(), text);
            assertTrue(body.path("result").isNull() || body.path("result").isMissingNode(), text);
        }
    }

    /** @param json with single quotes for double ones; null for no body */
    Answer call(String method, String path, @Nullable String json) {
        return send(method, path, json == null ? null : json.replace('\'', '"'));
    }

    Answer call(String method, String path) {
        return send(method, path, null);
    }

    Answer send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        if (key != null) {
            request.header("api-key", key);
        }
        if (body != null) {
            request.header("content-type", "application/json");
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), tree(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode tree(String text) {
        try {
            return TREES.readTree(text);
        } catch (JsonProcessingException e) {
            return TREES.missingNode();
        }
    }

    /** Makes a collection, whatever was there under the name. */
    void collection(String name, String vectors) {
        call("DELETE", "/collections/" + name).ok();
        call("PUT", "/collections/" + name, "{'vectors':" + vectors + "}").ok();
    }
}
