package dev.vectorhub.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticated calls to Keycloak's admin API of one realm. Each call has a time limit. Reads and other idempotent calls
 * are tried up to {@value #TRIES} times; a call that may have made something is not repeated here: callers look first.
 */
final class KeycloakClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration TOKEN_MARGIN = Duration.ofSeconds(20);
    private static final int ERROR_CHARS_MAX = 300;

    private final HttpClient http;
    private final IdentitySettings settings;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String value, Instant usableUntil) {}

    KeycloakClient(IdentitySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** Empty for 404. */
    Optional<JsonNode> get(String path) {
        HttpResponse<String> answer = repeated("GET", path, null, "application/json");
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(parse(answer));
    }

    /** Done, or there was nothing to delete. */
    void delete(String path) {
        repeated("DELETE", path, null, "application/json");
    }

    void put(String path, @Nullable JsonNode body) {
        HttpResponse<String> answer = repeated("PUT", path, body == null ? null : body.toString(), "application/json");
        if (answer.statusCode() == 404) {
            throw refused("PUT", path, answer);
        }
    }

    /** False if it exists already (409). Tried once: the answer of a repetition could not be told from a conflict. */
    boolean post(String path, String body, String contentType) {
        HttpResponse<String> answer = authorised("POST", path, body, contentType);
        if (answer.statusCode() == 409) {
            return false;
        }
        if (answer.statusCode() / 100 != 2) {
            throw refused("POST", path, answer);
        }
        return true;
    }

    private HttpResponse<String> repeated(String method, String path, @Nullable String body, String contentType) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> answer = authorised(method, path, body, contentType);
                if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
                    throw refused(method, path, answer);
                }
                return answer;
            } catch (IdentityException e) {
                if (attempt == TRIES || !e.transientFailure()) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private HttpResponse<String> authorised(String method, String path, @Nullable String body, String contentType) {
        HttpResponse<String> answer = send(request(method, path, body, contentType, bearer(false)));
        if (answer.statusCode() == 401) {
            // The realm's keys or the client's session changed: one new token.
            answer = send(request(method, path, body, contentType, bearer(true)));
        }
        return answer;
    }

    private HttpRequest request(String method, String path, @Nullable String body, String contentType, String bearer) {
        return HttpRequest.newBuilder(URI.create(settings.url() + "/admin/realms/" + settings.realm() + path))
                .timeout(settings.timeout())
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", contentType)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private synchronized String bearer(boolean renew) {
        Token current = token;
        if (current != null && !renew && clock.instant().isBefore(current.usableUntil)) {
            return current.value;
        }
        String form = "grant_type=client_credentials&client_id=" + encode(settings.clientId()) + "&client_secret="
                + encode(settings.clientSecret());
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(settings.url() + "/realms/" + settings.realm() + "/protocol/openid-connect/token"))
                .timeout(settings.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (answer.statusCode() != 200) {
            throw new IdentityException(
                    answer.statusCode(),
                    "the identity provider refuses the client " + settings.clientId() + " (" + answer.statusCode()
                            + "): check hub.identity.client-secret");
        }
        JsonNode json = parse(answer);
        Duration lifetime = Duration.ofSeconds(json.path("expires_in").asLong());
        Token fresh =
                new Token(json.path("access_token").asText(), clock.instant().plus(lifetime.minus(TOKEN_MARGIN)));
        token = fresh;
        return fresh.value;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IdentityException("the identity provider at " + settings.url() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException("interrupted while the identity provider was asked", e);
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.multipliedBy(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException("interrupted while the identity provider was asked", e);
        }
    }

    private static IdentityException refused(String method, String path, HttpResponse<String> answer) {
        String body = answer.body();
        // The path without its query: addresses stay out of logs.
        return new IdentityException(
                answer.statusCode(),
                "the identity provider answers " + answer.statusCode() + " to " + method + " "
                        + path.replaceFirst("\\?.*", "") + ": "
                        + (body.length() > ERROR_CHARS_MAX ? body.substring(0, ERROR_CHARS_MAX) : body));
    }

    private static JsonNode parse(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IdentityException("the identity provider's answer is not JSON", e);
        }
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
