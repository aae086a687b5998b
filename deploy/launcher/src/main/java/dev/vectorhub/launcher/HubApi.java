package dev.vectorhub.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP with a clear failure: what was asked, what came back. */
public final class HubApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int BODY_SHOWN_CHARS = 500;

    private final HttpClient http;
    private final String base;
    private final Map<String, String> headers;

    public HubApi(HttpClient http, String base, Map<String, String> headers) {
        this.http = http;
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** The client that all calls of a command share. */
    public static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    public JsonNode get(String path) throws InterruptedException {
        return json(send("GET", path, null));
    }

    public JsonNode post(String path, Object body) throws InterruptedException {
        return json(send("POST", path, bytes(body)));
    }

    public JsonNode put(String path, byte[] body) throws InterruptedException {
        return json(send("PUT", path, body));
    }

    public JsonNode post(String path, byte[] body) throws InterruptedException {
        return json(send("POST", path, body));
    }

    public JsonNode delete(String path) throws InterruptedException {
        return json(send("DELETE", path, null));
    }

    private HttpResponse<byte[]> send(String method, String path, byte @Nullable [] body) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("content-type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        }
        HttpResponse<byte[]> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Failure(method + " " + base + path + ": no answer (" + e.getMessage() + ")", e);
        }
        if (response.statusCode() / 100 != 2) {
            String text = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
            throw new Failure(method + " " + base + path + " answered " + response.statusCode() + ": "
                    + (text.length() > BODY_SHOWN_CHARS ? text.substring(0, BODY_SHOWN_CHARS) + "…" : text));
        }
        return response;
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new Failure(response.uri() + " answered something that is not JSON", e);
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException("a request of ours is not JSON", e);
        }
    }
}
