package dev.vectorhub.servers;

import java.nio.file.Path;

/**
 * How one Keycloak instance runs.
 *
 * @param home its folder: configuration, data, log; made if absent
 * @param port HTTP on loopback; 0 for a free one
 * @param jdbcUrl its own database
 * @param adminUser of the realm {@code master}; made at the first start
 * @param realm what the realm {@code vectorhub} is set to, at each start
 * @param heapMb ceiling of the Java heap
 */
public record KeycloakSettings(
        Path home,
        int port,
        String jdbcUrl,
        String databaseUser,
        String databasePassword,
        String adminUser,
        String adminPassword,
        RealmSettings realm,
        int heapMb) {
    /** Enough for a local hub with some hundred sessions. */
    public static final int DEFAULT_HEAP_MB = 320;

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "KeycloakSettings[home=" + home + ", port=" + port + ", jdbcUrl=" + jdbcUrl + "]";
    }
}
