package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The log over real files, with a state that is simple enough to be right. */
// Starting and stopping is waiting, not work.
@Execution(ExecutionMode.CONCURRENT)
class LogGroupIT {
    private static final long WAIT_SECONDS = 20;

    private final Wire wire = Wire.of(1, 64);

    @TempDir
    Path dir;

    @Test
    void aRestartReplaysTheLog() throws Exception {
        Map<String, String> before;
        try (var toy = ToyNode.open(dir)) {
            for (int i = 0; i < 50; i++) {
                toy.run(wire.upsert(wire.point(i, 1)));
            }
            toy.run(wire.delete(3, 4));
            before = toy.state.points();
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(48, before.size());
            assertEquals(before, toy.state.points());
            assertEquals(51, toy.state.applied);
        }
    }

    @Test
    void aCheckpointPurgesTheLogAndShortensTheReplay() throws Exception {
        Map<String, String> before;
        try (var toy = ToyNode.open(dir)) {
            for (int i = 0; i < 300; i++) {
                toy.run(wire.upsert(wire.point(i, 1), wire.point(i + 1000, 1)));
            }
            int segments = toy.segments();
            toy.checkpoint();
            assertTrue(segments > 3, "segments " + segments);
            await(() -> toy.segments() == 1);
            toy.run(wire.delete(7));
            before = toy.state.points();
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(before, toy.state.points());
            assertEquals(1, toy.state.applied);
            toy.checkpoint();
            toy.run(wire.upsert(wire.point(7, 2)));
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(600, toy.state.points().size());
        }
    }

    @Test
    void aLargeCommandIsOneCommandAfterARestartToo() throws Exception {
        Command large = large();
        Map<String, String> before;
        try (var toy = ToyNode.open(dir)) {
            toy.run(wire.upsert(wire.point(1, 1)));
            assertEquals(500, toy.run(large).getPointsAffected());
            toy.run(wire.delete(100));
            before = toy.state.points();
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(500, before.size());
            assertEquals(before, toy.state.points());
        }
    }

    @Test
    void anUnfinishedRowOfSlicesIsDroppedAndNoCheckpointPassesIt() throws Exception {
        var waiting = Batch.Waiting.of(large(), index -> 0);
        List<Batch> slices = Batch.slices(waiting, ToyNode.TUNING.entryBytesMax());
        try (var toy = ToyNode.open(dir)) {
            toy.run(wire.upsert(wire.point(1, 1)));
            for (Batch slice : slices.subList(0, slices.size() - 1)) {
                slice.serialize();
                toy.group.append(slice).get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
            var begun = Objects.requireNonNull(toy.group.machine().beginCheckpoint());
            long marked = toy.group.machine().complete(begun);
            assertTrue(marked < toy.group.machine().getLastAppliedTermIndex().getIndex() - slices.size() + 2);
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(1, toy.state.points().size());
            Batch last = slices.getLast();
            last.serialize();
            toy.group.append(last).get(WAIT_SECONDS, TimeUnit.SECONDS);
            assertEquals(
                    RejectionCode.INTERNAL,
                    last.results().getFirst().getRejection().getCode());
            toy.run(large());
            assertEquals(501, toy.state.points().size());
        }
    }

    @Test
    void aBugInOneCommandStopsNobodyElse() throws Exception {
        try (var toy = ToyNode.open(dir)) {
            var result = toy.commit(wire.upsert(wire.point(ToyState.BUG_ID, 1)));
            assertEquals(RejectionCode.INTERNAL, result.getRejection().getCode());
            toy.run(wire.upsert(wire.point(1, 1)));
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(1, toy.state.points().size());
        }
    }

    @Test
    void aBrokenDiskStopsTheWritesAndTheEntryIsAppliedAtTheNextStart() throws Exception {
        try (var toy = ToyNode.open(dir)) {
            toy.run(wire.upsert(wire.point(1, 1)));
            toy.state.broken = true;
            refused(toy.submit(wire.upsert(wire.point(ToyState.BROKEN_ID, 1))), "unknown");
            toy.failure.get(WAIT_SECONDS, TimeUnit.SECONDS);
            assertEquals(null, toy.group.machine().beginCheckpoint());
        }
        try (var toy = ToyNode.open(dir)) {
            assertEquals(2, toy.state.points().size());
        }
    }

    @Test
    void aKillDuringTheFirstStartDoesNoHarm() throws Exception {
        try (var files = GroupFiles.open(dir, "toy", "n1")) {
            Files.createDirectories(files.logSegments());
            Files.createFile(files.logSegments().resolve("raft-meta.tmp"));
        }
        try (var toy = ToyNode.open(dir)) {
            toy.run(wire.upsert(wire.point(1, 1)));
        }
    }

    @Test
    void aDirectoryBelongsToOneNode() throws Exception {
        GroupFiles.open(dir, "toy", "n1").close();
        var refused = assertThrows(IllegalStateException.class, () -> GroupFiles.open(dir, "toy", "n2"));
        assertTrue(String.valueOf(refused.getMessage()).contains("n1"), refused::toString);
        assertThrows(IllegalArgumentException.class, () -> GroupFiles.open(dir, "toy", "../n1"));
    }

    @Test
    void aDirectoryIsOpenOnce() throws Exception {
        try (var toy = ToyNode.open(dir)) {
            refusesToOpen("running already");
            toy.run(wire.upsert(wire.point(1, 1)));
        }
        ToyNode.open(dir).close();
    }

    @Test
    void aLostStoreIsNoticed() throws Exception {
        filledAndPurged();
        ToyState.lose(dir);
        refusesToOpen("files of the store are missing");
    }

    @Test
    void aLostLogIsNoticed() throws Exception {
        filledAndPurged();
        try (Stream<Path> files = Files.walk(dir.resolve("groups"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        refusesToOpen("files of the log are missing");
    }

    @Test
    void aDamagedMarkIsNoticed() throws Exception {
        filledAndPurged();
        Path mark = dir.resolve("groups/toy/applied");
        Files.writeString(mark, Files.readString(mark).replace("index=", "index=1"));
        refusesToOpen("applied");
    }

    private void filledAndPurged() throws Exception {
        try (var toy = ToyNode.open(dir)) {
            for (int i = 0; i < 20; i++) {
                toy.run(wire.upsert(wire.point(i, 1)));
            }
            toy.checkpoint();
        }
    }

    private void refusesToOpen(String why) {
        var refused = assertThrows(IOException.class, () -> ToyNode.open(dir).close());
        StringBuilder said = new StringBuilder();
        for (Throwable e = refused; e != null; e = e.getCause()) {
            said.append(e.getMessage()).append('\n');
        }
        assertTrue(said.toString().contains(why), said::toString);
    }

    /** Half a megabyte, eight entries of {@link ToyNode#TUNING}. */
    private Command large() {
        List<Point> points = new ArrayList<>();
        var big = Wire.of(1, 256);
        for (int i = 0; i < 500; i++) {
            points.add(big.point(100 + i, 1));
        }
        return wire.upsert(points, 0, 0);
    }

    private static void refused(CompletableFuture<CommandResult> future, String why) {
        var failed = assertThrows(ExecutionException.class, () -> future.get(WAIT_SECONDS, TimeUnit.SECONDS));
        var refusal = assertInstanceOf(EngineException.class, failed.getCause());
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    private static void await(Check check) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!check.holds()) {
            assertFalse(System.nanoTime() > end, "did not happen");
            Thread.sleep(10);
        }
    }
}
