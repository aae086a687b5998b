package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps so many requests in flight, from one thread: little work here, so that the hub is the limit. */
final class Load {
    private static final long STUCK_MILLIS = 60_000;

    /** Over what a hub is asked. */
    enum Transport {
        REST("REST"),
        GRPC("gRPC"),
        /** All calls on one connection: what a client's channel does with calls at once. */
        CHANNEL("gRPC in one channel");

        static final List<Transport> GRPC_FORMS = List.of(GRPC, CHANNEL);

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

    /**
     * Sends requests {@code first} to {@code first + count - 1}; every answer must be a success.
     *
     * @param connections with a request each, or calls at once in the one channel
     */
    Result run(int connections, Work work, long first, long count) {
        try (Selector selector = Selector.open()) {
            return new Run(selector, work, first, count).run((int) Math.min(connections, count));
        } catch (IOException e) {
            throw new Failure("a connection broke during a measurement: " + e.getMessage(), e);
        }
    }

    /** Requests that are sent, and how long each of them waited. */
    private final class Run {
        private final Selector selector;
        private final Work work;
        private final long[] micros;
        private final long end;
        private final List<Connection> open = new ArrayList<>();
        private long next;
        private int done;

        Run(Selector selector, Work work, long first, long count) {
            this.selector = selector;
            this.work = work;
            this.next = first;
            this.end = first + count;
            this.micros = new long[(int) count];
        }

        Result run(int inFlight) throws IOException {
            long start = System.nanoTime();
            try {
                begin(inFlight);
                while (done < micros.length) {
                    turn();
                }
            } finally {
                for (Connection connection : open) {
                    connection.close();
                }
            }
            long wall = System.nanoTime() - start;
            Arrays.sort(micros);
            return new Result(
                    micros.length, wall, micros[micros.length / 2], micros[(int) (micros.length * 99L / 100)]);
        }

        private void begin(int inFlight) throws IOException {
            for (int i = 0; i < inFlight; i++) {
                if (open.isEmpty() || transport != Transport.CHANNEL) {
                    open.add(
                            transport == Transport.REST
                                    ? new RestConnection(address, selector, apiKey)
                                    : new GrpcConnection(address, selector, apiKey));
                }
                open.getLast().send(work, next++);
            }
            for (Connection connection : open) {
                connection.flush();
            }
        }

        private void turn() throws IOException {
            if (selector.select(STUCK_MILLIS) == 0) {
                throw new Failure("the hub has not answered for " + STUCK_MILLIS / 1000 + " s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.flush();
                }
                if (key.isReadable()) {
                    connection.receive(work, sentNanos -> answered(connection, sentNanos));
                }
            }
            selector.selectedKeys().clear();
        }

        private void answered(Connection connection, long sentNanos) throws IOException {
            micros[done++] = (System.nanoTime() - sentNanos) / 1000;
            if (next < end) {
                connection.send(work, next++);
            }
        }
    }
}
