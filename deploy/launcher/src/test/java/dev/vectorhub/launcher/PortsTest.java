package dev.vectorhub.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void zerosBecomeDistinctFreePorts() {
        Ports ports = Ports.choose(HOST, 0, 0, 0);
        Set<Integer> distinct = Set.of(
                ports.api(),
                ports.grpc(),
                ports.console(),
                ports.postgres(),
                ports.keycloak(),
                ports.smtp(),
                ports.mail());
        assertEquals(7, distinct.size());
    }

    @Test
    void aTakenPortIsNamedWithItsOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            Failure failure = assertThrows(Failure.class, () -> Ports.choose(HOST, 0, 0, taken.getLocalPort()));
            assertTrue(String.valueOf(failure.getMessage()).contains("port " + taken.getLocalPort()));
            assertTrue(String.valueOf(failure.getMessage()).contains("--console-port"));
        }
    }

    @Test
    void thePublicPortsMustDiffer() throws IOException {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            free = probe.getLocalPort();
        }
        assertThrows(Failure.class, () -> Ports.choose(HOST, free, free, 0));
        assertThrows(Failure.class, () -> Ports.choose(HOST, -1, 0, 0));
        assertThrows(Failure.class, () -> Ports.choose(HOST, 65_536, 0, 0));
    }
}
