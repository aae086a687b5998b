package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is the state at one log index, taken while writes go on. */
class BackupIT {
    private static final int IDS = 40;
    private static final ByteString FIRST = ByteString.copyFrom(new byte[16]);
    private static final ByteString SECOND = FIRST.substring(1).concat(ByteString.copyFrom(new byte[] {1}));

    private final Wire wire = Wire.of(1, 8);

    @TempDir
    Path dir;

    private EmbeddedEngine engine;

    @BeforeEach
    void open() {
        engine = EmbeddedEngine.open(EngineSettings.defaults("n1", dir), NodeTuning.defaults());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void run(Command command) throws Exception {
        var result = engine.submit(command).get();
        assertFalse(result.hasRejection(), result::toString);
    }

    private Map<ByteString, List<Point>> backup() throws IOException {
        var out = new ByteArrayOutputStream();
        engine.backup(BackupRequest.newBuilder().setTenant(wire.tenant()).build(), out);
        Map<ByteString, List<Point>> found = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        BackupReader.read("backup", new ByteArrayInputStream(out.toByteArray()), new BackupReader.Visitor() {
            private List<Point> current = new ArrayList<>();

            @Override
            public void header(BackupHeader header) {
                assertEquals(wire.tenant(), header.getTenant());
            }

            @Override
            public void collection(BackupCollection collection) {
                current = new ArrayList<>();
                found.put(collection.getCollection(), current);
            }

            @Override
            public void points(BackupPoints points) {
                current.addAll(points.getPointsList());
            }
        });
        found.values()
                .forEach(points ->
                        points.sort(Comparator.comparingLong(p -> p.getId().getNum())));
        return found;
    }

    private Command in(ByteString collection, Command command) {
        return command.toBuilder().setCollection(collection).build();
    }

    private static int version(List<Point> points) {
        List<String> versions = points.stream()
                .map(p -> p.getPayload().toStringUtf8().replaceAll(".*:", ""))
                .distinct()
                .toList();
        assertEquals(1, versions.size(), "points of several commands: " + versions);
        return Integer.parseInt(versions.getFirst().replaceAll("\\D", ""));
    }

    @Test
    void allCollectionsAreOfOneMoment() throws Exception {
        run(wire.place(1, IsolationMode.COLLECTION));
        for (ByteString collection : List.of(FIRST, SECOND)) {
            run(in(collection, wire.create(Distance.EUCLID)));
            run(in(collection, upsert(0)));
        }
        var stop = new AtomicBoolean();
        var failures = new ArrayList<Exception>();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int version = 1; !stop.get(); version++) {
                    run(in(FIRST, upsert(version)));
                    run(in(SECOND, upsert(version)));
                }
            } catch (Exception e) {
                failures.add(e);
            }
        });
        int last = 0;
        for (int i = 0; i < 30; i++) {
            if (i % 10 == 5) {
                engine.checkpoint();
            }
            Map<ByteString, List<Point>> found = backup();
            int first = version(found.getOrDefault(FIRST, List.of()));
            int second = version(found.getOrDefault(SECOND, List.of()));
            assertTrue(first == second || first == second + 1, first + " and " + second);
            assertTrue(first >= last);
            last = first;
        }
        stop.set(true);
        writer.join();
        assertEquals(List.of(), failures);
    }

    private Command upsert(int version) {
        List<Point> points = new ArrayList<>();
        for (int id = 0; id < IDS; id++) {
            points.add(wire.point(id, version));
        }
        return wire.upsert(points, 0, 0);
    }

    @Test
    void aBackupHoldsWhatAScrollFinds() throws Exception {
        run(wire.place(1, IsolationMode.NONE));
        run(wire.create(Distance.COSINE));
        run(upsert(1));
        engine.checkpoint();
        run(upsert(2));
        run(wire.delete(3, 7));
        var all = engine.scroll(ScrollRequest.newBuilder()
                .setCollection(wire.ref())
                .setLimit(IDS)
                .setWithPayload(PayloadSelector.newBuilder().setEnabled(true))
                .setWithVector(VectorSelector.newBuilder().setEnabled(true))
                .build());
        assertEquals(IDS - 2, all.getPointsCount());
        assertEquals(Map.of(wire.ref().getCollection(), all.getPointsList()), backup());
    }

    @Test
    void anUnknownTenantHasNoBackup() {
        var refused = assertThrows(EngineException.class, this::backup);
        assertEquals(RejectionCode.NOT_FOUND, refused.code());
    }
}
