package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.node.codec.CommandCodec;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the log and the small files beside it hold, the answer is a command, the values, a refusal or the file's name. */
class LogBytesFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 2_000);
    private static final String HEADER = "vectorhub-test 1";

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void place() {
        file = directory.resolve("state");
    }

    private static boolean isCommand(byte[] bytes) {
        try {
            for (Command command : LogEntry.parseFrom(bytes).getCommandsList()) {
                CommandCodec.decode(command);
            }
            return true;
        } catch (InvalidProtocolBufferException | EngineException e) {
            return false;
        }
    }

    private boolean isState(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            new StateFile(file, HEADER).read();
            return true;
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
            return false;
        }
    }

    private static byte[] sealed(byte[] body) {
        String text = HEADER + "\n" + new String(body, StandardCharsets.ISO_8859_1);
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return (text + "crc32c=" + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @FuzzTest(maxDuration = "3m")
    void entry(byte @Nullable [] data) {
        isCommand(data == null ? new byte[0] : data);
    }

    @FuzzTest(maxDuration = "3m")
    void state(byte @Nullable [] data) throws IOException {
        byte[] bytes = data == null ? new byte[0] : data;
        isState(bytes);
        isState(sealed(bytes));
    }

    @Test
    void changedEntriesAreToldOrRead() {
        Wire wire = Wire.of(1, 4);
        byte[] sound = LogEntry.newBuilder()
                .addAllCommands(List.of(
                        wire.command()
                                .setCreateCollection(
                                        CreateCollection.newBuilder().setSpec(CrashLoad.spec(4)))
                                .build(),
                        wire.upsert(wire.point(1, 1), wire.point(2, 1)),
                        wire.delete(1, 2),
                        wire.setPayload(1, "{}")))
                .build()
                .toByteArray();
        assertTrue(isCommand(sound));
        Random random = new Random(3);
        int told = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = sound.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            told += isCommand(i % 4 == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed) ? 0 : 1;
        }
        assertTrue(told > ROUNDS / 4, "told " + told);
    }

    @Test
    void changedStateIsTold() throws IOException {
        new StateFile(file, HEADER).write(new TreeMap<>(Map.of("term", "3", "index", "12")));
        byte[] sound = Files.readAllBytes(file);
        assertTrue(isState(sound));
        assertTrue(isState(sealed("a=b\n=\nc".getBytes(StandardCharsets.ISO_8859_1))));
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= 4;
            assertTrue(!isState(changed), "at " + at);
            assertTrue(!isState(Arrays.copyOf(sound, at)), "cut to " + at);
        }
    }
}
