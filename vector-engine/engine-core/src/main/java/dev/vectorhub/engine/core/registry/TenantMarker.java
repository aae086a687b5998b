package dev.vectorhub.engine.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.vectorhub.engine.core.storage.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The file {@code tenant.json} of a tenant's own directory:
 * {@code {"format":2,"tenant":"UUID","generation":N}}. It tells people and tools whose directory it is, and has to agree with
 * the catalog before anything in the directory is used.
 */
record TenantMarker(UUID tenant, long generation) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_MAX = 4096;

    static Path in(Path directory) {
        return directory.resolve("tenant.json");
    }

    /** Replaced by rename; durable with the checkpoint's fsyncs. */
    void write(Path directory) {
        Path file = in(directory);
        Path fresh = directory.resolve("tenant.json.new");
        String text = "{\"format\":2,\"tenant\":\"" + tenant + "\",\"generation\":" + generation + "}\n";
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
                        default -> {
                            // a later format may say more
                        }
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Damage.in(file, "cannot be read", e);
        }
        if (tenant == null || generation < 0) {
            throw Damage.in(file, "lacks tenant or generation");
        }
        return new TenantMarker(tenant, generation);
    }
}
