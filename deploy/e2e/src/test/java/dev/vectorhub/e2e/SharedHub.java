package dev.vectorhub.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One hub for all classes of this run, started by {@code up} at the first need and stopped with the JVM. */
public final class SharedHub {
    private static @Nullable SharedHub shared;

    private final Path state;
    private final JsonNode addresses;

    private SharedHub(Path state, JsonNode addresses) {
        this.state = state;
        this.addresses = addresses;
    }

    public static synchronized SharedHub get() {
        if (shared == null) {
            try {
                Path state = Files.createTempDirectory("hub-e2e");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> HubCommand.run(state, "down")));
                JsonNode up =
                        HubCommand.run(state, "up", "--ports", "auto", "--json").json();
                shared = new SharedHub(state, up);
            } catch (IOException e) {
                throw new AssertionError("no temporary folder", e);
            }
        }
        return shared;
    }

    public String api() {
        return addresses.path("api").asText();
    }

    /** Host and port. */
    String grpc() {
        return addresses.path("grpc").asText();
    }

    public String console() {
        return addresses.path("console").asText();
    }

    public String operator() {
        return addresses.path("operator").path("user").asText();
    }

    public String operatorPassword() {
        return addresses.path("operator").path("password").asText();
    }

    /** The same with a password of the test's choice, for signing in to the console. */
    public JsonNode signup(String organisation, String email, String password) {
        return HubCommand.run(
                        state,
                        "signup",
                        "--organisation",
                        organisation,
                        "--email",
                        email,
                        "--password",
                        password,
                        "--json")
                .json();
    }

    /** Signs a tenant up through the real flow and returns what {@code signup --json} prints. */
    JsonNode signup(String organisation, String email) {
        return HubCommand.run(state, "signup", "--organisation", organisation, "--email", email, "--json")
                .json();
    }
}
