package dev.vectorhub.apibench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.apibench.Load.Transport;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.data.Metric;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills a collection of a data set, then measures searches and upserts over both transports, with hnswlib in between. */
final class ApiBench {
    /** Of a run. */
    record Wish(boolean quick, int rounds, List<Integer> connections) {}

    private static final String HNSWLIB = "hnswlib, queries/CPU s";
    private static final String PER_CPU_SECOND = "queries/CPU s";
    private static final String POINTS = "points/CPU s";
    private static final int QUICK_BASE = 25_000;
    private static final int FILL_BATCH = 500;
    private static final int FILL_CONNECTIONS = 2;
    private static final int UPSERT_ROWS = 20_000;
    /** Ids of nine digits throughout. */
    private static final long ID_FIRST = 100_000_000;

    private static final int PROFILE_CONNECTIONS = 8;
    private static final int UNINDEXED_MAX = 1_000;
    private static final int SETTLE_MILLIS = 250;
    private static final int SETTLE_SECONDS_MAX = 900;
    private static final int[] BEAMS = {
        10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 112, 128, 160, 200, 256, 320, 400, 512
    };

    private final Server server;
    private final Wish wish;
    private final Path folder;
    private final Path cache;
    private final Progress progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ApiBench(Server server, Wish wish, Path folder, Path cache, Progress progress) {
        this.server = server;
        this.wish = wish;
        this.folder = folder;
        this.cache = cache;
        this.progress = progress;
    }

    List<Row> rows() {
        return rows;
    }

    List<String> notes() {
        return notes;
    }

    void run(String name, boolean searches, boolean upserts) throws InterruptedException, IOException {
        DataSet set = new DataSets(cache, progress).open(name, wish.quick() ? QUICK_BASE : Integer.MAX_VALUE);
        Truth truth = Truth.of(set, progress);
        progress.say("%s: hnswlib builds over %d rows", set.name(), set.base());
        try (Peer peer = new Peer(set, truth, folder, cache)) {
            if (searches) {
                search(set, truth, peer);
            }
            if (upserts) {
                upsert(set, peer);
            }
        }
    }

    // --- searches

    private void search(DataSet set, Truth truth, Peer peer) throws InterruptedException, IOException {
        String collection = "search-" + set.name() + "-" + set.base();
        fill(set, collection, peer);
        int beam = beam(set, collection, truth);
        double recall = 0;
        List<SearchBodies> bodies = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            SearchBodies searches = new SearchBodies(transport, set, collection, beam);
            Load load = server.load(transport);
            for (int connections : List.of(1, 8)) {
                load.run(connections, searches, 0, wish.quick() ? 10_000 : 30_000);
            }
            recall = searches.recall(load, 1, truth);
            bodies.add(searches);
            progress.say("%s: %s, beam %d, recall %.4f", set.name(), transport.label, beam, recall);
        }
        Costs costs = new Costs();
        for (int round = 0; round < wish.rounds(); round++) {
            peer.round();
            for (int connections : wish.connections()) {
                for (SearchBodies searches : bodies) {
                    Transport transport = searches.transport();
                    Cost cost = cost(server.load(transport), connections, searches, 0, wish.quick() ? 8_000 : 20_000);
                    costs.add(transport, connections, cost);
                    progress.say("%s: %s search, %d connections: %s", set.name(), transport.label, connections, cost);
                }
            }
            peer.round();
        }
        searchRows(set, recall, peer, costs);
        for (SearchBodies searches : bodies) {
            String work = searches.transport().label + " search";
            split(work, set, recall, server.load(searches.transport()), searches, 1);
        }
    }

    private void searchRows(DataSet set, double recall, Peer peer, Costs costs) {
        for (int connections : costs.connections()) {
            for (Transport transport : Transport.values()) {
                String work = transport.label + " search, " + connections + " connections";
                Cost cost = costs.median(transport, connections);
                add(Row.against(work, set.name(), recall, cost.perCpuSecond(), HNSWLIB, peer.qps(), PER_CPU_SECOND));
                add(Row.alone(work + ", by the clock", set.name(), recall, cost.perSecond(), "queries/s"));
                add(Row.alone(work + ", median wait", set.name(), recall, cost.p50Micros(), "µs"));
                add(Row.alone(work + ", wait of 99 in 100", set.name(), recall, cost.p99Micros(), "µs"));
            }
            for (Transport transport : Transport.GRPC_FORMS) {
                add(Row.against(
                        transport.label + " search beside REST, " + connections + " connections",
                        set.name(),
                        recall,
                        costs.median(transport, connections).perCpuSecond(),
                        "REST",
                        costs.median(Transport.REST, connections).perCpuSecond(),
                        PER_CPU_SECOND));
            }
        }
    }

    /** The smallest beam of a ladder at which the set's recall is reached. */
    private int beam(DataSet set, String collection, Truth truth) {
        Load load = server.load(Transport.REST);
        for (int beam : BEAMS) {
            if (new SearchBodies(Transport.REST, set, collection, beam).recall(load, 4, truth) >= set.recall()) {
                return beam;
            }
        }
        throw new Failure("the hub does not reach recall " + set.recall() + " on " + set.name());
    }

    private void fill(DataSet set, String collection, Peer peer) throws InterruptedException {
        JsonNode known = server.collection(collection);
        if (known.path("points_count").asInt() == set.base()) {
            notes.add(collection + " is of an earlier run");
        } else {
            create(set, collection, GRAPHS);
            progress.say("%s: filling %s", set.name(), collection);
            UpsertBodies rowsOf = new UpsertBodies(
                    Transport.GRPC, UpsertBodies.vectors(Transport.GRPC, set, set.base()), collection, FILL_BATCH, 0);
            long cpu = server.cpuNanos();
            server.load(Transport.GRPC).run(FILL_CONNECTIONS, rowsOf, 0, Math.ceilDiv(set.base(), FILL_BATCH));
            settle(collection, set.base());
            add(Row.against(
                    "fill over gRPC and index",
                    set.name(),
                    null,
                    (server.cpuNanos() - cpu) / 1e9,
                    "hnswlib, build",
                    peer.buildSeconds(),
                    "CPU s"));
        }
        settle(collection, set.base());
    }

    /** Waits until nothing is left to do, and the rest that has no graph is small. */
    private void settle(String collection, int points) throws InterruptedException {
        for (int i = 0; i < SETTLE_SECONDS_MAX * 1000 / SETTLE_MILLIS; i++) {
            JsonNode info = server.collection(collection);
            if (info.path("status").asText().equals("green")
                    && info.path("indexed_vectors_count").asInt() >= points - UNINDEXED_MAX) {
                return;
            }
            Thread.sleep(SETTLE_MILLIS);
        }
        throw new Failure(collection + " was not indexed within " + SETTLE_SECONDS_MAX + " s");
    }

    // --- upserts

    /** Graphs over all points, as the yardstick has one: a part of less than 1,000 KB at most is scanned. */
    private static final String GRAPHS = ",\"hnsw_config\":{\"full_scan_threshold\":1000}";

    /** Without a graph: what an index costs is measured by filling. */
    private static final String NO_GRAPH = ",\"hnsw_config\":{\"full_scan_threshold\":1000000000}";

    private void upsert(DataSet set, Peer peer) throws InterruptedException, IOException {
        peer.round();
        Map<Transport, byte[][]> vectors = new EnumMap<>(Transport.class);
        for (Transport transport : List.of(Transport.REST, Transport.GRPC)) {
            vectors.put(transport, UpsertBodies.vectors(transport, set, UPSERT_ROWS));
        }
        vectors.put(Transport.CHANNEL, Objects.requireNonNull(vectors.get(Transport.GRPC)));
        for (int batch : List.of(1, 100, 1000)) {
            Costs costs = new Costs();
            for (Transport transport : Transport.values()) {
                upsert(set, bodies(transport, vectors, "upsert", batch), transport, batch, 4, 4);
            }
            for (int round = 0; round < wish.rounds(); round++) {
                for (int connections : wish.connections()) {
                    if (connections * batch > 8_000) {
                        continue;
                    }
                    for (Transport transport : Transport.values()) {
                        Cost cost = upsert(
                                set, bodies(transport, vectors, "upsert", batch), transport, batch, connections, 1);
                        costs.add(transport, connections, cost);
                        progress.say(
                                "%s: %s upsert of %d, %d connections: %s",
                                set.name(), transport.label, batch, connections, cost);
                    }
                }
                peer.round();
            }
            upsertRows(set, peer, batch, costs);
        }
        for (Transport transport : Transport.values()) {
            create(set, "profile", NO_GRAPH);
            UpsertBodies bodies = bodies(transport, vectors, "profile", 100);
            split(transport.label + " upsert of 100", set, null, server.load(transport), bodies, 100);
            delete("profile");
        }
    }

    private static UpsertBodies bodies(
            Transport transport, Map<Transport, byte[][]> vectors, String collection, int batch) {
        return new UpsertBodies(transport, Objects.requireNonNull(vectors.get(transport)), collection, batch, ID_FIRST);
    }

    /** So many points, into a collection of their own. */
    private Cost upsert(DataSet set, Work bodies, Transport transport, int batch, int connections, int times)
            throws InterruptedException {
        create(set, "upsert", NO_GRAPH);
        int points = (batch == 1 ? 4_000 : 40_000) * times / (wish.quick() ? 2 : 1);
        Cost cost = cost(server.load(transport), connections, bodies, 0, points / batch)
                .times(batch);
        delete("upsert");
        return cost;
    }

    private void upsertRows(DataSet set, Peer peer, int batch, Costs costs) {
        for (int connections : costs.connections()) {
            for (Transport transport : Transport.values()) {
                String work = transport.label + " upsert of " + batch + ", " + connections + " connections";
                Cost cost = costs.median(transport, connections);
                add(Row.against(work, set.name(), null, cost.perCpuSecond(), HNSWLIB, peer.qps(), POINTS));
                add(Row.alone(work + ", by the clock", set.name(), null, cost.perSecond(), "points/s"));
                add(Row.alone(work + ", median wait", set.name(), null, cost.p50Micros(), "µs"));
            }
            for (Transport transport : Transport.GRPC_FORMS) {
                add(Row.against(
                        transport.label + " upsert of " + batch + " beside REST, " + connections + " connections",
                        set.name(),
                        null,
                        costs.median(transport, connections).perCpuSecond(),
                        "REST",
                        costs.median(Transport.REST, connections).perCpuSecond(),
                        POINTS));
            }
        }
    }

    /** In the place of what an earlier run, that was ended, has left of it. */
    private void create(DataSet set, String collection, String more) throws InterruptedException {
        if (!server.collection(collection).isMissingNode()) {
            delete(collection);
        }
        String distance = set.metric() == Metric.L2 ? "Euclid" : set.metric() == Metric.COSINE ? "Cosine" : "Dot";
        server.rest()
                .put(
                        "/collections/" + collection,
                        ("{\"vectors\":{\"size\":" + set.dimensions() + ",\"distance\":\"" + distance + "\"}" + more
                                        + "}")
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private void delete(String collection) throws InterruptedException {
        server.rest().delete("/collections/" + collection);
    }

    // --- both

    private Cost cost(Load load, int connections, Work work, long first, long count) {
        long cpu = server.cpuNanos();
        Load.Result result = load.run(connections, work, first, count);
        return Cost.of(result, server.cpuNanos() - cpu);
    }

    /** What the CPU time of a request is made of, and the memory that it allocates. */
    private void split(String work, DataSet set, @Nullable Double recall, Load load, Work bodies, int each)
            throws IOException {
        int count = each == 1 ? 20_000 : 400;
        load.run(PROFILE_CONNECTIONS, bodies, 0, count / 4);
        Path file = folder.resolve("profile.jfr");
        Profile.begin(server.pid(), file);
        Map<String, Long> before = server.cpuNanosByKind();
        load.run(PROFILE_CONNECTIONS, bodies, count, count);
        Map<String, Long> after = server.cpuNanosByKind();
        Profile.Spent spent = Profile.end(server.pid(), file);
        double points = (double) count * each;
        String thing = each == 1 ? "query" : "point";
        String unit = "CPU µs a " + thing;
        double java = (after.getOrDefault("java", 0L) - before.getOrDefault("java", 0L)) / 1e3 / points;
        spent.shares()
                .forEach((part, share) -> add(Row.alone(work + ": " + part, set.name(), recall, java * share, unit)));
        for (String kind : List.of("compiler", "collector")) {
            double micros = (after.getOrDefault(kind, 0L) - before.getOrDefault(kind, 0L)) / 1e3 / points;
            add(Row.alone(work + ": " + kind, set.name(), recall, micros, unit));
        }
        add(Row.alone(work + ": allocated", set.name(), recall, spent.allocatedBytes() / points, "bytes a " + thing));
    }

    private void add(Row row) {
        rows.add(row);
        progress.say(
                "%s %s: %s %s%s",
                row.work(),
                row.data(),
                row.us(),
                row.unit(),
                row.ratio() == null
                        ? ""
                        : String.format(Locale.ROOT, ", %.2f × %s of %s", row.ratio(), row.peerValue(), row.peer()));
    }
}
