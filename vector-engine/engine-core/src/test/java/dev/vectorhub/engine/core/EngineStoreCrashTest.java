package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.storage.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a process in the middle of commands, checkpoints and background work; what it leaves is the state at one log index. */
class EngineStoreCrashTest {
    private static final int KILLS = Integer.getInteger("vectorhub.test.kills", 3);
    private static final long SEED = Long.getLong("vectorhub.test.seed", 20261123);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKilledStoreIsTheStateAtItsDurableIndex(boolean drops) throws Exception {
        Path directory = Files.createTempDirectory("crash");
        long seed = SEED;
        Random random = new Random();
        long durable = 0;
        try {
            for (int round = 0; round < KILLS; round++) {
                long printed = runAndKill(directory, seed, drops, 50 + random.nextInt(600));
                durable = check(directory, seed, drops, durable, printed);
            }
            assertTrue(durable > 0, "no checkpoint was completed before a kill");
        } finally {
            Layout.erase(directory);
        }
    }

    private static long runAndKill(Path directory, long seed, boolean drops, int commands) throws IOException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        directory.toString(),
                        Long.toString(seed),
                        Boolean.toString(drops)))
                .redirectErrorStream(true)
                .start();
        long first = -1;
        long last = -1;
        StringBuilder noise = new StringBuilder();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            while (last < 0 || last - first < commands) {
                String line = out.readLine();
                if (line == null) {
                    throw new AssertionError("the child ended by itself: " + noise);
                }
                if (!line.isEmpty() && line.chars().allMatch(Character::isDigit)) {
                    last = Long.parseLong(line);
                    first = first < 0 ? last : first;
                } else {
                    noise.append(line).append('\n');
                }
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
        return last;
    }

    private static long check(Path directory, long seed, boolean drops, long before, long printed) throws IOException {
        try (StoreScript script = new StoreScript(directory, EngineStorePropertyTest.small(), seed)) {
            long durable = script.store().durableIndex();
            assertTrue(durable >= before, () -> "went back from " + before + " to " + durable);
            // the child may have applied more than it printed
            long end = drops ? printed + 3000 : durable;
            for (long index = 1; index <= end; index++) {
                Op op = CrashChild.op(seed, index, drops);
                try {
                    script.applyToOracle(index, op);
                } catch (StoreException e) {
                    // refused in the oracle as it was in the store
                    assertTrue(e.code() != StoreException.Code.INTERNAL);
                }
                CrashChild.apply(script.store(), index, op);
            }
            script.compareAll();
            return durable;
        }
    }
}
