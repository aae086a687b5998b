package dev.vectorhub.engine.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.data.Truth;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each contestant, in its own process, builds and finds what is there: a peer that searches badly would flatter the engine. */
class ContestantIT {
    private static final int DIMENSIONS = 12;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void vectors() throws IOException {
        write("base.fvecs", 2000, 1);
        write("query.fvecs", DataSet.QUERIES, 2);
    }

    private void write(String name, int rows, int seed) throws IOException {
        Random random = new Random(seed);
        ByteBuffer out = ByteBuffer.allocate(rows * (4 + 4 * DIMENSIONS)).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            out.putInt(DIMENSIONS);
            for (int d = 0; d < DIMENSIONS; d++) {
                out.putFloat((float) random.nextGaussian());
            }
        }
        Files.write(folder.resolve(name), out.array());
    }

    @Test
    void engineAndPeersFindTheExactAnswersWithAWideBeam() throws IOException {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()));
        for (String metric : new String[] {":l2", ":cosine"}) {
            DataSet set = new DataSets(folder.resolve("cache"), silent).open(folder + metric, Integer.MAX_VALUE);
            Truth truth = Truth.of(set, silent);
            for (String name : new String[] {Contestants.ENGINE, "lucene", "jvector"}) {
                recalls(name, set, truth);
            }
        }
    }

    @Test
    void hnswlibDoesSoToo() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/include/hnswlib/hnswlib.h")), Hnswlib.INSTALL);
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()));
        for (String metric : new String[] {":l2", ":cosine"}) {
            DataSet set = new DataSets(folder.resolve("cache"), silent).open(folder + metric, Integer.MAX_VALUE);
            recalls(Contestants.HNSWLIB, set, Truth.of(set, silent));
        }
    }

    private void recalls(String name, DataSet set, Truth truth) throws IOException {
        Path own = Files.createTempDirectory(folder, name);
        try (Contestant contestant = Contestants.start(name, set, own, folder.resolve("cache"))) {
            Contestant.Build build = contestant.build(16, 100);
            assertTrue(build.cpuNanos() > 0, name);
            Contestant.Round round = contestant.search(400, 100, 200);
            double recall = truth.recall(100, round.rows());
            assertTrue(recall > 0.99, name + " on " + set.metric() + ": " + recall);
            assertEquals(200, round.queries());
            assertTrue(round.cpuNanos() > 0 && round.wallNanos() > 0, name);
            // An index on the heap that is as small as this one drowns in what the JVM itself lets go.
            if (!name.equals("jvector")) {
                assertTrue(contestant.footprint().memoryBytes() > 2000L * DIMENSIONS, name);
            }
        }
    }

    @Test
    void whatGoesWrongInAContestantIsSaidHere() throws IOException {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()));
        DataSet set = new DataSets(folder.resolve("cache"), silent).open(folder.toString(), Integer.MAX_VALUE);
        try (Contestant contestant =
                Contestants.start("jvector", set, folder.resolve("none"), folder.resolve("cache"))) {
            Failure failure = assertThrows(Failure.class, () -> contestant.search(10, 0, 1));
            assertTrue(failure.toString().contains("not built"), failure.getMessage());
        }
    }
}
