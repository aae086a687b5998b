package dev.vectorhub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestKeycloak;
import dev.vectorhub.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged console as a process of its own on a free port, with a seeded database and a Keycloak with an operator, a
 * member and somebody without a tenant. {@link #main} keeps it running, to look at.
 */
final class Sandbox implements AutoCloseable {
    static final String PASSWORD = "correct-horse-battery";
    static final String OPERATOR = "operator@hub.example";
    static final String MEMBER = "mara@northwind.example";
    static final String STRANGER = "nobody@elsewhere.example";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final String url;

    private Sandbox(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    String url() {
        return url;
    }

    static Sandbox start() throws Exception {
        int port = freePort();
        String url = "http://127.0.0.1:" + port;
        System.setProperty("hub.test.console-url", url);
        TestDatabase database = Schema.migrated();
        TestKeycloak keycloak = TestServers.keycloak();
        Map<String, String> members = new LinkedHashMap<>();
        Users users = new Users(keycloak);
        users.make(OPERATOR, "Ola", "Perator", "operator");
        members.put(MEMBER, users.make(MEMBER, "Mara", "Lindqvist", null));
        users.make(STRANGER, "Nora", "Body", null);
        Seeds.write(database.url(), database.ownerUser(), database.ownerPassword(), members);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dquarkus.http.port=" + port,
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar")
                        .toAbsolutePath()
                        .toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(Path.of("target", "sandbox-console.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("HUB_DATASOURCE_URL", database.url());
        environment.put("HUB_DATASOURCE_USERNAME", database.appUser());
        environment.put("HUB_DATASOURCE_PASSWORD", database.appPassword());
        environment.put("HUB_IDENTITY_URL", keycloak.url());
        environment.put("HUB_IDENTITY_REALM", keycloak.realm());
        environment.put("HUB_IDENTITY_CLIENT_SECRET", keycloak.apiClientSecret());
        environment.put("HUB_CONSOLE_CLIENT_SECRET", keycloak.consoleClientSecret());
        environment.put("HUB_CONSOLE_URL", url);
        environment.put("HUB_API_URL", keycloak.apiUrl());
        environment.put("HUB_KEY_PEPPER", "c2FuZGJveC1wZXBwZXItb2YtMzItYnl0ZXMtb3ItbW9yZSE=");
        Sandbox sandbox = new Sandbox(builder.start(), url);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        sandbox.awaitReady();
        return sandbox;
    }

    private void awaitReady() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ready =
                    HttpRequest.newBuilder(URI.create(url + "/q/health/ready")).build();
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the console ended, see target/sandbox-console.log");
                }
                try {
                    if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // not listening yet
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("the console is not ready after a minute, see target/sandbox-console.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Runs until it is interrupted. */
    public static void main(String[] arguments) throws Exception {
        Sandbox sandbox = start();
        System.out.println("console " + sandbox.url() + " password " + PASSWORD);
        Thread.currentThread().join();
    }

    /** Makes users as the administrator. */
    private static final class Users {
        private final HttpClient http = HttpClient.newHttpClient();
        private final String base;
        private final String token;

        Users(TestKeycloak keycloak) throws Exception {
            this.base = keycloak.url() + "/admin/realms/" + keycloak.realm();
            HttpRequest login = HttpRequest.newBuilder(
                            URI.create(keycloak.url() + "/realms/master/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username="
                            + keycloak.adminUser() + "&password=" + keycloak.adminPassword()))
                    .build();
            this.token = JSON.readTree(http.send(login, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("access_token")
                    .asText();
        }

        /** Answers the user's subject. */
        String make(String email, String first, String last, @org.jspecify.annotations.Nullable String role)
                throws Exception {
            call("POST", "/users", """
                    {"username":"%1$s","email":"%1$s","emailVerified":true,"enabled":true,"firstName":"%2$s",
                     "lastName":"%3$s","credentials":[{"type":"password","value":"%4$s","temporary":false}]}
                    """.formatted(email, first, last, PASSWORD));
            String subject = call("GET", "/users?exact=true&username=" + email, null)
                    .path(0)
                    .path("id")
                    .asText();
            if (role != null) {
                call(
                        "POST",
                        "/users/" + subject + "/role-mappings/realm",
                        "[" + call("GET", "/roles/" + role, null) + "]");
            }
            return subject;
        }

        private JsonNode call(String method, String path, @org.jspecify.annotations.Nullable String body)
                throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
        }
    }
}
