package dev.vectorhub.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of one hub. The first three are public and chosen by the user; the rest are the servers' own.
 *
 * @param api tenant API and control API
 * @param grpc tenant API over gRPC
 * @param console web console
 */
public record Ports(int api, int grpc, int console, int postgres, int keycloak, int smtp, int mail) {

    public static final int API = 6333;
    public static final int GRPC = 6334;
    public static final int CONSOLE = 8080;
    private static final int PORT_MAX = 65_535;
    private static final int INTERNAL = 4;

    /**
     * Chooses the ports: given ones are checked to be free, zeros become free ports.
     *
     * @throws Failure naming the option and the port, if a given one is taken or out of range
     */
    public static Ports choose(String host, int api, int grpc, int console) {
        check("--api-port", host, api);
        check("--grpc-port", host, grpc);
        check("--console-port", host, console);
        int zeros = (api == 0 ? 1 : 0) + (grpc == 0 ? 1 : 0) + (console == 0 ? 1 : 0);
        List<Integer> free = free(host, zeros + INTERNAL);
        int next = 0;
        int apiPort = api == 0 ? free.get(next++) : api;
        int grpcPort = grpc == 0 ? free.get(next++) : grpc;
        int consolePort = console == 0 ? free.get(next++) : console;
        if (apiPort == grpcPort || apiPort == consolePort || grpcPort == consolePort) {
            throw new Failure("--api-port, --grpc-port and --console-port must differ: " + apiPort + ", " + grpcPort
                    + ", " + consolePort);
        }
        return new Ports(
                apiPort, grpcPort, consolePort, free.get(next++), free.get(next++), free.get(next++), free.get(next));
    }

    private static void check(String option, String host, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new Failure(option + " " + port + ": a port is 1 to " + PORT_MAX);
        }
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new Failure("port " + port + " is taken by another program; give another one with " + option
                    + " PORT, or --ports auto for free ones");
        }
    }

    /** Holds all sockets until the last one is found, so that no port comes twice. */
    private static List<Integer> free(String host, int count) {
        List<Integer> ports = new ArrayList<>();
        probe(host, count, ports);
        return ports;
    }

    private static void probe(String host, int count, List<Integer> ports) {
        if (ports.size() == count) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
            ports.add(socket.getLocalPort());
            probe(host, count, ports);
        } catch (IOException e) {
            throw new Failure("no free port on " + host, e);
        }
    }
}
