package dev.vectorhub.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The few administrative calls that setting up a local Keycloak takes; as the bootstrap administrator. */
final class KeycloakAdmin implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String url;
    private final String token;

    KeycloakAdmin(String url, String user, String password) {
        this.url = url;
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(url + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type", "password", "client_id", "admin-cli", "username", user, "password", password)))));
        if (answer.statusCode() != 200) {
            throw new ServerException("Keycloak refuses its administrator '" + user + "' (" + answer.statusCode()
                    + "): the password was set at the first start on this database");
        }
        this.token = parse(answer.body()).path("access_token").asText();
    }

    /** Sets what may have changed since the realm was imported: mail, and each client's secret and redirect URIs. */
    void update(ObjectNode realm) {
        ObjectNode mail = JSON.createObjectNode();
        mail.put("realm", RealmFile.REALM);
        mail.set("smtpServer", realm.get("smtpServer"));
        call("PUT", "/admin/realms/" + RealmFile.REALM, mail);
        for (JsonNode client : realm.get("clients")) {
            ObjectNode changed = JSON.createObjectNode();
            for (String field : new String[] {"clientId", "secret", "redirectUris", "webOrigins"}) {
                if (client.has(field)) {
                    changed.set(field, client.get(field));
                }
            }
            call(
                    "PUT",
                    "/admin/realms/" + RealmFile.REALM + "/clients/"
                            + client.get("id").asText(),
                    changed);
        }
    }

    /** Makes a verified user, or sets the password of the one there is; grants the realm role. */
    void ensureUser(String user, String email, String password, String realmRole) {
        String users = "/admin/realms/" + RealmFile.REALM + "/users";
        String query = users + "?exact=true&username=" + encode(user);
        if (call("GET", query, null).isEmpty()) {
            ObjectNode made = JSON.createObjectNode();
            made.put("username", user)
                    .put("email", email)
                    .put("emailVerified", true)
                    .put("enabled", true)
                    .put("firstName", "Hub")
                    .put("lastName", "Operator");
            call("POST", users, made);
        }
        String id = call("GET", query, null).path(0).path("id").asText();
        ObjectNode credential = JSON.createObjectNode();
        credential.put("type", "password").put("value", password).put("temporary", false);
        call("PUT", users + "/" + id + "/reset-password", credential);
        ArrayNode roles = JSON.createArrayNode();
        roles.add(call("GET", "/admin/realms/" + RealmFile.REALM + "/roles/" + encode(realmRole), null));
        call("POST", users + "/" + id + "/role-mappings/realm", roles);
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, publisher));
        if (answer.statusCode() / 100 != 2) {
            throw new ServerException(
                    "Keycloak answers " + answer.statusCode() + " to " + method + " " + path + ": " + answer.body());
        }
        return parse(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ServerException("Keycloak at " + url + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while Keycloak was set up", e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        } catch (IOException e) {
            throw new ServerException("Keycloak's answer is not JSON", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
