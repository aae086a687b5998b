package dev.vectorhub.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** The passwords of one state folder: made once from a secure source, kept in a file that only its owner reads. */
public final class Secrets {
    private static final int BYTES = 24;
    private static final int PEPPER_BYTES = 32;

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Reads the folder's secrets; those that are missing are made and stored before they are used. */
    public static Secrets load(StateFolder state, SecureRandom random) {
        Properties values = new Properties();
        Path file = state.secrets();
        try {
            if (Files.exists(file)) {
                try (var in = Files.newBufferedReader(file)) {
                    values.load(in);
                }
            }
            boolean made = false;
            for (Name name : Name.values()) {
                if (values.getProperty(name.key) == null) {
                    byte[] bytes = new byte[name == Name.KEY_PEPPER ? PEPPER_BYTES : BYTES];
                    random.nextBytes(bytes);
                    values.setProperty(
                            name.key,
                            name == Name.KEY_PEPPER
                                    ? Base64.getEncoder().encodeToString(bytes)
                                    : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                    made = true;
                }
            }
            if (made) {
                store(file, values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write " + file, e);
        }
        return new Secrets(values);
    }

    public String get(Name name) {
        return values.getProperty(name.key);
    }

    private static void store(Path file, Properties values) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly(file));
        try (var out = Files.newBufferedWriter(fresh)) {
            values.store(out, "Secrets of this hub. Losing key.pepper makes every API key invalid.");
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** What there is to keep secret. */
    public enum Name {
        POSTGRES("postgres.password"),
        HUB_OWNER("hub-owner.password"),
        HUB_APP("hub-app.password"),
        KEYCLOAK_DATABASE("keycloak-database.password"),
        KEYCLOAK_ADMIN("keycloak-admin.password"),
        HUB_API_CLIENT("hub-api-client.secret"),
        HUB_CONSOLE_CLIENT("hub-console-client.secret"),
        OPERATOR("operator.password"),
        KEY_PEPPER("key.pepper");

        private final String key;

        Name(String key) {
            this.key = key;
        }
    }
}
