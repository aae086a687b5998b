package dev.vectorhub.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a hub listens. */
public final class PortOptions {
    @Option(names = "--api-port")
    @Nullable
    Integer api;

    @Option(names = "--grpc-port")
    @Nullable
    Integer grpc;

    @Option(names = "--console-port")
    @Nullable
    Integer console;

    @Option(names = "--ports")
    @Nullable
    String ports;

    @Option(names = "--host")
    String host = "127.0.0.1";

    /** Free ports on loopback. */
    public static PortOptions auto() {
        PortOptions options = new PortOptions();
        options.ports = "auto";
        return options;
    }

    /** Free ports, checked now; {@link Failure} names one that is taken. */
    Ports choose() {
        if (ports != null && !ports.equals("auto")) {
            throw new Failure("--ports takes 'auto', not '" + ports + "'");
        }
        boolean auto = ports != null;
        return Ports.choose(
                host,
                api != null ? api : auto ? 0 : Ports.API,
                grpc != null ? grpc : auto ? 0 : Ports.GRPC,
                console != null ? console : auto ? 0 : Ports.CONSOLE);
    }

    public String host() {
        return host;
    }
}
