package dev.vectorhub.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path root;

    @Test
    void areMadeOnceKeptAndReadableByTheOwnerOnly() throws IOException {
        StateFolder folder = new StateFolder(root);
        folder.create();
        Secrets first = Secrets.load(folder, new SecureRandom());
        Secrets again = Secrets.load(folder, new SecureRandom());
        for (Secrets.Name name : Secrets.Name.values()) {
            assertEquals(first.get(name), again.get(name), name.name());
            for (Secrets.Name other : Secrets.Name.values()) {
                if (name != other) {
                    assertNotEquals(first.get(name), first.get(other));
                }
            }
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.secrets())));
        assertTrue(Base64.getDecoder().decode(first.get(Secrets.Name.KEY_PEPPER)).length >= 32);
    }
}
