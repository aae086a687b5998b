package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a power cut may leave of the log's last file: the node starts and serves every entry before the damage. */
// Starting and stopping is waiting, not work.
@Execution(ExecutionMode.CONCURRENT)
class TornLogCrashTest {
    private static final int COMMANDS = 30;
    private static final int CUTS = 4;
    private static final int NOISE = 500;

    private final Wire wire = Wire.of(1, 64);
    private final Random random = new Random(42);

    @TempDir
    Path dir;

    /** Where each entry of the open segment ends; the first is the leader's own. */
    private final List<Long> ends = new ArrayList<>();

    private Path intact = Path.of("");

    /** Damages a log file from a position on. */
    private interface Damage {
        void at(RandomAccessFile file, long position) throws IOException;
    }

    @BeforeEach
    void write() throws Exception {
        intact = dir.resolve("intact");
        try (var toy = ToyNode.open(intact)) {
            for (int i = 0; i < COMMANDS; i++) {
                toy.run(wire.upsert(wire.point(i, 1)));
            }
        }
        Path segment = openSegment(intact);
        long[] end = {8};
        LogSegment.readSegmentFile(
                segment.toFile(),
                LogSegmentPath.matchLogSegment(segment).getStartEnd(),
                SizeInBytes.valueOf(1 << 20),
                CorruptionPolicy.EXCEPTION,
                null,
                entry -> {
                    int size = entry.getSerializedSize();
                    end[0] += CodedOutputStream.computeUInt32SizeNoTag(size) + size + 4;
                    ends.add(end[0]);
                });
        assertEquals(COMMANDS + 1, ends.size());
    }

    @Test
    void aFileThatEndsEarly() throws Exception {
        survives((file, position) -> file.setLength(position));
    }

    @Test
    void zerosWhereThePagesWereNotWritten() throws Exception {
        survives((file, position) -> {
            file.setLength(position);
            file.setLength(1 << 20);
        });
    }

    @Test
    void otherBytesWhereThePagesWereLost() throws Exception {
        byte[] noise = noise();
        survives((file, position) -> {
            file.setLength(position);
            file.setLength(1 << 20);
            file.seek(position);
            file.write(noise);
        });
    }

    @Test
    void otherBytesAfterTheLastEntry() throws Exception {
        byte[] noise = noise();
        Path copy = copy("appended");
        damage(copy, (file, position) -> file.write(noise), ends.getLast());
        serves(copy, COMMANDS);
    }

    @Test
    void aDamagedClosedSegmentStopsTheStart() throws Exception {
        try (var toy = ToyNode.open(intact)) {
            for (int i = 0; i < 300; i++) {
                toy.run(wire.upsert(wire.point(i, 2)));
            }
        }
        Path closed;
        try (Stream<Path> files = Files.list(openSegment(intact).getParent())) {
            closed = files.filter(f -> f.getFileName().toString().matches("log_\\d+-\\d+"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        try (var file = new RandomAccessFile(closed.toFile(), "rw")) {
            file.seek(5000);
            file.write(noise());
        }
        assertThrows(IOException.class, () -> ToyNode.open(intact).close());
    }

    private void survives(Damage damage) throws Exception {
        List<Long> cuts = new ArrayList<>(List.of(ends.getFirst(), ends.getLast() - 1));
        while (cuts.size() < CUTS) {
            cuts.add(random.nextLong(ends.getFirst(), ends.getLast()));
        }
        // A start and a stop take a while, none of it work.
        try (ExecutorService together = Executors.newFixedThreadPool(CUTS)) {
            List<Future<?>> runs = new ArrayList<>();
            for (long cut : cuts) {
                runs.add(together.submit(() -> {
                    Path copy = copy("cut" + cut);
                    damage(copy, damage, cut);
                    serves(copy, (int) ends.stream().filter(end -> end <= cut).count() - 1);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    /** Starts with exactly the first commands, takes a new one, and keeps both. */
    private void serves(Path copy, int commands) throws Exception {
        try (var toy = ToyNode.open(copy)) {
            assertEquals(commands, toy.state.points().size());
            for (int i = 0; i < commands; i++) {
                assertTrue(toy.state.points().containsKey(Integer.toString(i)), "point " + i);
            }
            toy.run(wire.upsert(wire.point(5000, 1)));
        }
        try (var toy = ToyNode.open(copy)) {
            assertEquals(commands + 1, toy.state.points().size());
        }
    }

    private byte[] noise() {
        byte[] noise = new byte[NOISE];
        random.nextBytes(noise);
        return noise;
    }

    private static void damage(Path copy, Damage damage, long position) throws IOException {
        try (var file = new RandomAccessFile(openSegment(copy).toFile(), "rw")) {
            file.seek(position);
            damage.at(file, position);
        }
    }

    private Path copy(String name) throws IOException {
        Path copy = dir.resolve(name);
        try (Stream<Path> files = Files.walk(intact)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(intact.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static Path openSegment(Path node) throws IOException {
        try (var files = GroupFiles.open(node, "toy", "n1")) {
            return LogTail.openSegment(files.logSegments()).orElseThrow();
        }
    }
}
