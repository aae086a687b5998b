package dev.vectorhub.engine.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.storage.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The file {@code tenant.json} of a tenant's own directory:
 * {@code {"format":1,"tenant":"UUID","generation":N,"checkpoint":N}}. It tells people and tools whose directory it is. At open
 * it has to agree with the directory's name, and a directory whose checkpoint counts must not lack its manifest.
 *
 * @param checkpoint that wrote the directory first
 */
record TenantMarker(UUID tenant, long generation, long checkpoint) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_MAX = 4096;

    static Path in(Path directory) {
        return directory.resolve("tenant.json");
    }

    /** Replaced by rename; durable with the checkpoint's fsyncs. */
    void write(Path directory) {
        Path file = in(directory);
        Path fresh = directory.resolve("tenant.json.new");
        String text = "{\"format\":1,\"tenant\":\"" + tenant + "\",\"generation\":" + generation + ",\"checkpoint\":"
                + checkpoint + "}\n";
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Damage.writing(file, e);
        }
    }

    /** Throws {@code UNAVAILABLE}, naming the file, if it cannot be understood. */
    static TenantMarker read(Path directory) {
        Path file = in(directory);
        UUID tenant = null;
        long generation = -1;
        long checkpoint = -1;
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw Damage.in(file, "is larger than a marker can be");
            }
            try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
                while (parser.nextToken() != null) {
                    if (!parser.currentToken().isScalarValue()) {
                        continue;
                    }
                    switch (String.valueOf(parser.currentName())) {
                        case "tenant" -> tenant = UUID.fromString(parser.getText());
                        case "generation" -> generation = parser.getLongValue();
                        case "checkpoint" -> checkpoint = parser.getLongValue();
                        default -> {
                            // a later format may say more
                        }
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Damage.in(file, "cannot be read", e);
        }
        if (tenant == null || generation < 0 || checkpoint < 0) {
            throw Damage.in(file, "lacks tenant, generation or checkpoint");
        }
        return new TenantMarker(tenant, generation, checkpoint);
    }

    /** False for a directory that was made after the checkpoint; true if there is any doubt. */
    static boolean isOfCheckpoint(Path directory, long checkpoint) {
        if (!Files.exists(in(directory), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return read(directory).checkpoint() <= checkpoint;
        } catch (StoreException e) {
            return true;
        }
    }
}
