package dev.vectorhub.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PostgresPasswords PASSWORDS = new PostgresPasswords("super", "owner", "app", "kc");

    @TempDir
    Path folder;

    @Test
    void importsTheRealmGivesTokensAndFollowsChangedSettings() throws Exception {
        List<String> progress = new ArrayList<>();
        try (PostgresServer postgres = PostgresServer.start(folder.resolve("pg"), 0, PASSWORDS)) {
            @SuppressWarnings("resource") // ended by its successor, and below whatever happens
            KeycloakServer first = KeycloakServer.start(settings(postgres, 0, "http://localhost:6333"), progress::add);
            assertTrue(progress.contains("starting Keycloak on port " + first.port()));
            try {
                first.ensureOperator("olga", "olga@hub.test", "correct-horse-1");
                JsonNode claims = claims(token(first, "olga", "correct-horse-1"));
                assertEquals(first.issuer(), claims.path("iss").asText());
                assertTrue(claims.path("aud").toString().contains("hub-api"), claims.toString());
                assertTrue(
                        claims.path("realm_access").path("roles").toString().contains("operator"), claims.toString());
                assertFalse(Files.exists(folder.resolve("kc/data/import/vectorhub-realm.json")), "it holds secrets");

                // Its owner is gone, it lives on: the next start ends it and takes its port.
                KeycloakServer second =
                        KeycloakServer.start(settings(postgres, first.port(), "http://localhost:7777"), progress::add);
                try {
                    ProcessHandle.of(first.pid())
                            .ifPresent(process -> process.onExit().join());
                    assertEquals(first.port(), second.port());
                    second.ensureOperator("olga", "olga@hub.test", "correct-horse-2");
                    assertTrue(claims(token(second, "olga", "correct-horse-2")).has("sub"));
                } finally {
                    second.close();
                }
                ProcessHandle.of(second.pid())
                        .ifPresent(process ->
                                process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
            } finally {
                first.close();
            }
        }
    }

    @Test
    void anInterruptedStartLeavesNoProcess() {
        try (PostgresServer postgres = PostgresServer.start(folder.resolve("pg"), 0, PASSWORDS)) {
            KeycloakSettings settings = settings(postgres, 0, "http://localhost:6333");
            assertThrows(
                    ServerException.class,
                    () -> KeycloakServer.start(settings, step -> {
                        if (step.startsWith("starting")) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
            String home = "-Dkc.home.dir=" + folder.resolve("kc");
            assertTrue(ProcessHandle.current()
                    .children()
                    .noneMatch(child -> child.info().commandLine().orElse("").contains(home)));
        }
    }

    private KeycloakSettings settings(PostgresServer postgres, int port, String apiUrl) {
        RealmSettings realm = new RealmSettings(
                "api-\"secret", "console-secret", apiUrl, "http://localhost:8080", "127.0.0.1", 2525, "hub@hub.test");
        return new KeycloakSettings(
                folder.resolve("kc"),
                port,
                postgres.jdbcUrl("keycloak"),
                "keycloak",
                "kc",
                "admin",
                "admin-pass",
                realm,
                KeycloakSettings.DEFAULT_HEAP_MB);
    }

    private static String token(KeycloakServer server, String user, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=hub-cli&username=" + user + "&password=" + password))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body()).path("access_token").asText();
        }
    }

    private static JsonNode claims(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
