package dev.vectorhub.servers;

import java.io.Serial;

/** Something else listens on the port that a server was told to use. */
public final class PortInUseException extends ServerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int port;

    public PortInUseException(String server, int port) {
        super("port " + port + ", wanted by " + server + ", is already in use on this machine");
        this.port = port;
    }

    public int port() {
        return port;
    }
}
