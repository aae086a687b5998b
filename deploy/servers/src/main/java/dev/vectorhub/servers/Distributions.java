package dev.vectorhub.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/** What the build wrote down: versions, and where Maven put Keycloak's archive. */
final class Distributions {
    private static final Properties PROPERTIES = load();

    private Distributions() {}

    static String postgresVersion() {
        return property("postgres.version");
    }

    static String keycloakVersion() {
        return property("keycloak.version");
    }

    /** The tar.gz; the system property {@code hub.keycloak.distribution} names another. */
    static Path keycloakArchive() {
        return Path.of(System.getProperty("hub.keycloak.distribution", property("keycloak.distribution")));
    }

    private static String property(String name) {
        String value = PROPERTIES.getProperty(name);
        if (value == null || value.startsWith("${")) {
            throw new ServerException("servers.properties lacks " + name + "; build the module with Maven");
        }
        return value;
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream stream = Distributions.class.getResourceAsStream("servers.properties")) {
            if (stream == null) {
                throw new ServerException("servers.properties is missing from the class path");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
