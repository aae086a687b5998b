package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps connections busy from one thread, each with one request in flight: little work here, so that the hub is the limit. */
final class Load {
    private static final long STUCK_MILLIS = 60_000;

    /** Over what a hub is asked. */
    enum Transport {
        REST("REST"),
        GRPC("gRPC");

        final String label;

        Transport(String label) {
            this.label = label;
        }
    }

    /**
     * What came of a run.
     *
     * @param p50Micros waiting time of a request, half of them at most; {@code p99Micros} 99 of 100
     */
    record Result(long requests, long wallNanos, double p50Micros, double p99Micros) {}

    private final InetSocketAddress address;
    private final Transport transport;
    private final String apiKey;

    Load(InetSocketAddress address, Transport transport, String apiKey) {
        this.address = address;
        this.transport = transport;
        this.apiKey = apiKey;
    }

    Transport transport() {
        return transport;
    }

    /** Sends requests {@code first} to {@code first + count - 1}; every answer must be a success. */
    Result run(int connections, Work work, long first, long count) {
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            try {
                return run(selector, open, connections, work, first, count);
            } finally {
                for (Connection connection : open) {
                    connection.close();
                }
            }
        } catch (IOException e) {
            throw new Failure("a connection broke during a measurement: " + e.getMessage(), e);
        }
    }

    private Result run(Selector selector, List<Connection> open, int connections, Work work, long first, long count)
            throws IOException {
        long[] micros = new long[(int) count];
        long next = first;
        long start = System.nanoTime();
        for (int i = 0; i < Math.min(connections, count); i++) {
            Connection connection = transport == Transport.REST
                    ? new RestConnection(address, selector, apiKey)
                    : new GrpcConnection(address, selector, apiKey);
            open.add(connection);
            begin(connection, work, next++);
        }
        for (int done = 0; done < count; ) {
            if (selector.select(STUCK_MILLIS) == 0) {
                throw new Failure("the hub has not answered for " + STUCK_MILLIS / 1000 + " s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.flush();
                }
                if (key.isReadable() && connection.receive(work)) {
                    micros[done++] = (System.nanoTime() - connection.sentNanos) / 1000;
                    if (next < first + count) {
                        begin(connection, work, next++);
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        long wall = System.nanoTime() - start;
        Arrays.sort(micros);
        return new Result(count, wall, micros[micros.length / 2], micros[(int) (micros.length * 99L / 100)]);
    }

    private static void begin(Connection connection, Work work, long number) throws IOException {
        connection.sentNanos = System.nanoTime();
        connection.send(work, number);
    }
}
