package dev.vectorhub.launcher;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a state folder, as its supervisor last wrote it.
 *
 * @param supervisor the process that owns the rest
 * @param step what it is doing, for a person
 * @param error why it gave up; null unless {@code phase} is {@code FAILED}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunState(
        ProcessRef supervisor,
        Phase phase,
        String step,
        @Nullable String error,
        String host,
        Ports ports,
        List<Component> components) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Where a hub is on its way up or down. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED
    }

    /**
     * A server of the hub.
     *
     * @param process null for one that lives inside the supervisor
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Component(String name, @Nullable ProcessRef process, int port, String state) {}

    public static Optional<RunState> read(StateFolder folder) {
        Path file = folder.runState();
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RunState.class)) : Optional.empty();
        } catch (IOException e) {
            throw new Failure(file + " is not readable as the record of a running hub: " + e.getMessage(), e);
        }
    }

    /** The record, if its supervisor is alive. */
    public static Optional<RunState> live(StateFolder folder) {
        return read(folder).filter(state -> state.supervisor().alive());
    }

    public void write(StateFolder folder) {
        Path file = folder.runState();
        Path fresh = file.resolveSibling("hub.json.new");
        try {
            JSON.writeValue(fresh.toFile(), this);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    public String apiUrl() {
        return url(ports.api());
    }

    public String grpcAddress() {
        return host + ":" + ports.grpc();
    }

    public String consoleUrl() {
        return url(ports.console());
    }

    public String keycloakUrl() {
        return "http://127.0.0.1:" + ports.keycloak();
    }

    public String mailUrl() {
        return "http://127.0.0.1:" + ports.mail();
    }

    private String url(int port) {
        return "http://" + host + ":" + port;
    }
}
