package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a volume of its own, which only root can mount: writes are refused while it is full, reads go on, and room mends it. */
class FullDiskIT {
    private static final int VOLUME_MIB = 96;
    private static final int TRIES_MAX = 300;

    private final Wire wire = Wire.of(1, 256);

    @TempDir
    Path temp;

    private static boolean runs(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Command upsert(int batch) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            points.add(wire.point(100L * batch + i, batch));
        }
        return wire.upsert(points, 0, 0);
    }

    /** Null if it was written. */
    private static Rejection submit(RecoveringEngine engine, Command command) throws InterruptedException {
        try {
            CommandResult result = engine.submit(command).get();
            return result.hasRejection() ? result.getRejection() : Rejection.getDefaultInstance();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException refused) {
                return refused.rejection();
            }
            throw new AssertionError(e);
        }
    }

    private static boolean isWritten(Rejection rejection) {
        return rejection.equals(Rejection.getDefaultInstance());
    }

    private long count(RecoveringEngine engine) {
        return engine.count(CountRequest.newBuilder().setCollection(wire.ref()).build())
                .getCount();
    }

    @Test
    void aFullDiskRefusesWritesAndRoomMendsIt() throws Exception {
        Path volume = Files.createDirectory(temp.resolve("volume"));
        assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=" + VOLUME_MIB + "m", "tmpfs", volume.toString()),
                "a volume can be mounted");
        try {
            try (var engine = new RecoveringEngine(() -> EmbeddedEngine.open(
                    EngineSettings.defaults("n1", volume.resolve("data")), NodeTuning.defaults()))) {
                assertTrue(isWritten(submit(engine, wire.place(1, IsolationMode.STORAGE))));
                assertTrue(isWritten(submit(engine, wire.create(Distance.EUCLID))));
                fullToTheLastByte(engine, volume.resolve("filler"));
            }
            // what was acknowledged is there after a restart on the volume that was full
            try (var engine = new RecoveringEngine(() -> EmbeddedEngine.open(
                    EngineSettings.defaults("n1", volume.resolve("data")), NodeTuning.defaults()))) {
                assertTrue(count(engine) > 0);
            }
        } finally {
            assertTrue(runs("umount", "-l", volume.toString()));
        }
    }

    private void fullToTheLastByte(RecoveringEngine engine, Path filler) throws Exception {
        int batch = 0;
        for (; batch < 10; batch++) {
            assertTrue(isWritten(submit(engine, upsert(batch))));
        }
        for (int round = 0; round < 3; round++) {
            fill(filler);
            Rejection refused = Rejection.getDefaultInstance();
            int acknowledged = batch;
            for (int tries = 0; isWritten(refused) || refused.getCode() != RejectionCode.STORAGE_FULL; tries++) {
                assertTrue(tries < TRIES_MAX, "never refused as full: " + refused);
                refused = submit(engine, upsert(batch));
                batch += isWritten(refused) ? 1 : 0;
                acknowledged = batch;
                assertTrue(count(engine) >= 100L * acknowledged, "reads go on");
                Thread.sleep(20);
            }
            Files.delete(filler);
            Rejection answer = refused;
            for (int tries = 0; !isWritten(answer); tries++) {
                assertTrue(tries < TRIES_MAX, "did not recover: " + answer);
                Thread.sleep(100);
                answer = submit(engine, upsert(batch));
            }
            batch++;
            assertEquals(100L * batch, count(engine));
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // full: what was meant
            assertTrue(Files.size(filler) > 0);
        }
    }
}
