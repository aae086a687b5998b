package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant's isolation changes while it is read and written, and no request fails. */
class IsolationChangeIT {
    private static final int IDS = 200;

    private final Wire wire = Wire.of(1, 16);

    @TempDir
    Path dir;

    private EmbeddedEngine open() {
        return EmbeddedEngine.open(EngineSettings.defaults("n1", dir), NodeTuning.defaults());
    }

    private static void run(EmbeddedEngine engine, Command command) throws Exception {
        var result = engine.submit(command).get();
        assertFalse(result.hasRejection(), result::toString);
    }

    private Command upsert(int version) {
        List<Point> points = new ArrayList<>();
        for (int id = version % 7; id < IDS; id += 7) {
            points.add(wire.point(id, version));
        }
        return wire.upsert(points, 0, 0);
    }

    private long files(String under) throws IOException {
        Path folder = dir.resolve(under);
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void noRequestFailsAndTheFilesGoWhereTheModeWantsThem() throws Exception {
        var failures = Collections.synchronizedList(new ArrayList<Exception>());
        var stop = new AtomicBoolean();
        try (var engine = open()) {
            run(engine, wire.place(1, IsolationMode.NONE));
            run(engine, wire.create(Distance.EUCLID));
            for (int version = 0; version < 7; version++) {
                run(engine, upsert(version));
            }
            engine.checkpoint();
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int version = 7; !stop.get(); version++) {
                        run(engine, upsert(version));
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            SearchRequest search = SearchRequest.newBuilder()
                    .setCollection(wire.ref())
                    .addQueries(SearchQuery.newBuilder()
                            .setF32(wire.point(1, 1).getVectors(0).getF32())
                            .setLimit(5))
                    .build();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    while (!stop.get()) {
                        assertEquals(
                                IDS,
                                engine.count(CountRequest.newBuilder()
                                                .setCollection(wire.ref())
                                                .build())
                                        .getCount());
                        assertEquals(5, engine.search(search).getResults(0).getPointsCount());
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            var modes =
                    List.of(IsolationMode.STORAGE, IsolationMode.COLLECTION, IsolationMode.NONE, IsolationMode.STORAGE);
            long generation = 2;
            for (IsolationMode mode : modes) {
                run(engine, wire.place(generation++, mode));
                awaitMoved(engine, mode);
            }
            stop.set(true);
            writer.join();
            reader.join();
            assertEquals(List.of(), failures);
        }
        assertEquals(0, files("shared/collections"));
        assertEquals(0, files("shared/slabs"));
        assertTrue(files("tenants") > 0);
        try (var engine = open()) {
            assertEquals(
                    IDS,
                    engine.count(CountRequest.newBuilder()
                                    .setCollection(wire.ref())
                                    .build())
                            .getCount());
        }
    }

    private void awaitMoved(EmbeddedEngine engine, IsolationMode mode) throws Exception {
        ByteString tenant = wire.tenant();
        for (int tries = 0; ; tries++) {
            TenantStats stats = engine.tenantStats(
                            TenantStatsRequest.newBuilder().setTenant(tenant).build())
                    .getTenants(0);
            assertEquals(mode, stats.getIsolation());
            if (stats.getCollectionsToMove() == 0) {
                return;
            }
            assertTrue(tries < 600, "not moved to " + mode + " within a minute");
            Thread.sleep(100);
        }
    }
}
