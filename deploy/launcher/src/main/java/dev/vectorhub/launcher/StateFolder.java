package dev.vectorhub.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where everything of one hub lies: data, secrets, logs, process records. Readable by its owner only. */
public record StateFolder(Path root) {

    public StateFolder {
        root = root.toAbsolutePath().normalize();
    }

    public void create() {
        try {
            Files.createDirectories(root);
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            Files.createDirectories(logs());
            Files.createDirectories(run());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the state folder " + root, e);
        }
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path keycloak() {
        return root.resolve("keycloak");
    }

    /** The engine's data directory. */
    public Path data() {
        return root.resolve("data");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Path runState() {
        return run().resolve("hub.json");
    }

    /** An operator's configuration in the guide's form; read if it exists. */
    public Path config() {
        return root.resolve("config.yml");
    }
}
