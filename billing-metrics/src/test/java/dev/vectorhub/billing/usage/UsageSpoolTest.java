package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageSpoolTest {
    private static final UUID TENANT = new UUID(1, 2);

    @TempDir
    Path directory;

    @Test
    void givesBackInOrderAndLeavesNothing() throws IOException {
        try (UsageSpool spool = open()) {
            for (int i = 0; i < 10; i++) {
                spool.append(frame(i, 3));
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(frame(i, 3), spool.peek());
                spool.remove();
            }
            assertNull(spool.peek());
            assertEquals(0, spool.pendingBytes());
        }
        assertEquals(List.of("lock"), names());
    }

    @Test
    void keepsWhatWasNotRemovedOverRestarts() throws IOException {
        try (UsageSpool spool = open()) {
            spool.append(frame(1, 2));
            spool.append(frame(2, 2));
        }
        try (UsageSpool spool = open()) {
            spool.append(frame(3, 2));
            assertEquals(List.of(1L, 2L, 3L), drain(spool));
        }
        assertEquals(List.of("lock"), names());
    }

    @Test
    void rollsSegmentsAndDeletesThemAsTheyAreRead() throws IOException {
        try (UsageSpool spool = open()) {
            for (int i = 0; i < 12; i++) {
                spool.append(frame(i, SpoolFormat.FRAME_EVENTS_MAX));
            }
            assertTrue(names().size() > 3, () -> "segments: " + names());
            assertEquals(12, drain(spool).size());
            assertTrue(names().size() <= 2, () -> "left: " + names());
        }
    }

    @Test
    void tornTailOfAKilledWriterIsCutOff() throws IOException {
        try (UsageSpool spool = open()) {
            spool.append(frame(1, 2));
            spool.append(frame(2, 2));
        }
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        try (UsageSpool spool = open()) {
            assertEquals(List.of(1L), drain(spool));
            assertEquals(0, spool.corruptFrames());
        }
    }

    @Test
    void damagedFrameIsCountedAndItsFileKeptAside() throws IOException {
        try (UsageSpool spool = open()) {
            spool.append(frame(1, 2));
            spool.append(frame(2, 2));
            spool.append(frame(3, 2));
        }
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(segment, bytes);
        try (UsageSpool spool = open()) {
            assertEquals(List.of(1L, 3L), drain(spool));
            assertEquals(1, spool.corruptFrames());
        }
        assertEquals(List.of("0000000000000000.damaged", "lock"), names());
    }

    @Test
    void refusesAFolderInUseAndForeignFiles() throws IOException {
        try (UsageSpool spool = open()) {
            IOException inUse = assertThrows(IOException.class, this::open);
            assertTrue(inUse.toString().contains("in use"), inUse::toString);
            spool.append(frame(1, 1));
        }
        Files.writeString(directory.resolve("0000000000000009.spool"), "not ours at all");
        try (UsageSpool spool = open()) {
            assertEquals(frame(1, 1), spool.peek());
            spool.remove();
            IOException foreign = assertThrows(IOException.class, spool::peek);
            assertTrue(foreign.toString().contains("0000000000000009.spool"), foreign::toString);
            Files.delete(directory.resolve("0000000000000009.spool"));
            Files.write(directory.resolve("0000000000000009.spool"), SpoolFormat.MAGIC, StandardOpenOption.CREATE);
        }
    }

    @Test
    void isBounded() throws IOException {
        try (UsageSpool spool = UsageSpool.open(directory, 300)) {
            spool.append(frame(1, 1));
            IOException full = assertThrows(IOException.class, () -> spool.append(frame(2, 10)));
            assertTrue(full.toString().contains("full"), full::toString);
            assertEquals(frame(1, 1), spool.peek());
            spool.remove();
            spool.append(frame(3, 1));
        }
    }

    private UsageSpool open() throws IOException {
        return UsageSpool.open(directory, 1 << 30);
    }

    private Path segment() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> names() {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Long> drain(UsageSpool spool) throws IOException {
        List<Long> seqs = new ArrayList<>();
        for (List<UsageEvent> frame = spool.peek(); frame != null; frame = spool.peek()) {
            seqs.add(frame.getFirst().epoch());
            spool.remove();
        }
        return seqs;
    }

    /** Events whose epoch tells the frame. */
    private static List<UsageEvent> frame(long number, int events) {
        List<UsageEvent> frame = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            frame.add(new UsageEvent(
                    TENANT, null, BillableMeter.EGRESS_BYTES, "read", 5, 1_790_000_000_000L, "hub", number, i + 1));
        }
        return frame;
    }
}
