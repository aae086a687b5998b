package dev.vectorhub.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
    private static final TenantId TENANT = new TenantId(new UUID(1, 2));
    private static final TenantId OTHER = new TenantId(new UUID(3, 4));

    @TempDir
    Path dir;

    private static Snapshot keep(SnapshotFolder folder, TenantId tenant, String collection, int bytes)
            throws IOException {
        Path part = folder.incoming();
        Files.write(part, new byte[bytes]);
        String name = SnapshotNames.next(collection, bytes, Instant.EPOCH);
        return folder.keep(part, tenant, collection, name, "aa");
    }

    @Test
    void whatIsKeptIsThereAfterARestartAndCounted() throws IOException {
        SnapshotFolder folder = new SnapshotFolder(dir);
        Snapshot first = keep(folder, TENANT, "docs", 100);
        keep(folder, TENANT, "other", 20);
        keep(folder, OTHER, "docs", 3);
        Path unfinished = folder.incoming();
        assertEquals(120, folder.bytes(TENANT));

        SnapshotFolder again = new SnapshotFolder(dir);
        assertFalse(Files.exists(unfinished));
        assertEquals(Map.of(TENANT.value(), 120L, OTHER.value(), 3L), again.bytes());
        assertEquals(List.of(first), again.list(TENANT, "docs"));
        assertEquals("aa", first.checksum());
        assertTrue(again.delete(TENANT, "docs", first.name()));
        assertFalse(again.delete(TENANT, "docs", first.name()));
        assertEquals(20, again.bytes(TENANT));
        again.erase(TENANT.value());
        assertEquals(Map.of(OTHER.value(), 3L), again.bytes());
        assertEquals(List.of(), again.list(TENANT, "other"));
    }

    @Test
    void namesLeadNowhereElse() throws IOException {
        SnapshotFolder folder = new SnapshotFolder(dir);
        Snapshot kept = keep(folder, TENANT, "../docs", 5);
        assertTrue(SnapshotNames.valid(kept.name()), kept.name());
        assertTrue(folder.find(TENANT, "../docs", kept.name()).isPresent());
        assertTrue(folder.find(OTHER, "../docs", kept.name()).isEmpty());
        for (String name : List.of(
                "",
                ".",
                "..",
                "../x.snapshot",
                "/etc/passwd",
                "a/b.snapshot",
                ".hidden.snapshot",
                "a\0.snapshot",
                kept.name() + ".sha256")) {
            assertTrue(folder.find(TENANT, "../docs", name).isEmpty(), name);
            assertFalse(folder.delete(TENANT, "../docs", name), name);
        }
    }
}
