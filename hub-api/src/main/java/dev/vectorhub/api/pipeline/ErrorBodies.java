package dev.vectorhub.api.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes errors: RFC 9457 below {@code /v1}, Qdrant's forms elsewhere. Those are a plain sentence about a key, and else an
 * envelope, with the members of our problem under {@code status} so that a client that shows {@code status.error} shows the
 * sentence, and one that reads the members knows limit, used and requested.
 */
@ApplicationScoped
class ErrorBodies {

    static final String PROBLEM_JSON = "application/problem+json";
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private final ObjectMapper json;

    @Inject
    ErrorBodies(ObjectMapper json) {
        this.json = json;
    }

    /** Whether the control API answers the path. */
    static boolean isControl(String path) {
        return path.startsWith("/v1") && (path.length() == 3 || path.charAt(3) == '/');
    }

    /** What is wrong with a key, or with its rights, Qdrant says in a plain sentence. */
    private static boolean isSentence(ApiError error) {
        return error.type() == ProblemType.UNAUTHENTICATED || error.type() == ProblemType.FORBIDDEN;
    }

    String contentType(RoutingContext http, ApiError error) {
        return isControl(http.normalizedPath()) ? PROBLEM_JSON : isSentence(error) ? TEXT : JSON;
    }

    String body(RoutingContext http, ApiError error) {
        if (!isControl(http.normalizedPath()) && isSentence(error)) {
            return error.detail();
        }
        Map<String, Object> body = isControl(http.normalizedPath())
                ? problem(error, http.normalizedPath(), Arrival.of(http).requestId())
                : envelope(error, http);
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("members of a problem must be JSON-ready: " + error, e);
        }
    }

    private static Map<String, Object> problem(ApiError error, String path, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        ProblemType type = error.type();
        body.put("type", type == null ? "about:blank" : type.uri());
        body.put("title", type == null ? "Request failed" : type.title());
        body.put("status", error.status());
        body.put("detail", error.detail());
        body.put("instance", path);
        body.put("requestId", requestId);
        body.putAll(error.members());
        return body;
    }

    private static Map<String, Object> envelope(ApiError error, RoutingContext http) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("error", error.detail());
        ProblemType type = error.type();
        if (type != null) {
            status.put("type", type.uri());
        }
        status.putAll(error.members());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.put("time", Arrival.of(http).elapsedSeconds());
        body.put("result", null);
        return body;
    }
}
