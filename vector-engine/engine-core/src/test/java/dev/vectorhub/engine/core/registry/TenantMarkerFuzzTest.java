package dev.vectorhub.engine.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever {@code tenant.json} holds, the answer is a marker or the file's name. */
class TenantMarkerFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);

    private static @Nullable TenantMarker read(byte[] bytes) throws IOException {
        Path directory = Files.createTempDirectory("marker");
        Path file = TenantMarker.in(directory);
        try {
            Files.write(file, bytes);
            return TenantMarker.read(directory);
        } catch (StoreException e) {
            assertEquals(StoreException.Code.UNAVAILABLE, e.code());
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
            return null;
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }

    @Test
    void changedMarkersAreToldOrRead() throws IOException {
        TenantMarker marker = new TenantMarker(new UUID(1, 2), 7);
        Path directory = Files.createTempDirectory("marker");
        marker.write(directory);
        byte[] sound = Files.readAllBytes(TenantMarker.in(directory));
        assertEquals(marker, TenantMarker.read(directory));
        Files.delete(TenantMarker.in(directory));
        Files.delete(directory);
        Random random = new Random(9);
        int told = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = sound.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            told += read(i % 4 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : changed) == null ? 1 : 0;
        }
        assertTrue(told > ROUNDS / 4, "told " + told);
    }

    @Test
    void numbersAndNestingHaveBounds() throws IOException {
        assertEquals(
                null,
                read(("{\"tenant\":\"" + new UUID(1, 2) + "\",\"generation\":1e999}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(null, read("[".repeat(4000).getBytes(StandardCharsets.UTF_8)));
        assertEquals(null, read(" ".repeat(5000).getBytes(StandardCharsets.UTF_8)));
    }

    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) throws IOException {
        read(data == null ? new byte[0] : data);
    }
}
