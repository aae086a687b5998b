package dev.vectorhub.engine.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.storage.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The file {@code tenant.json} of a tenant's own directory: {@code {"format":1,"tenant":"UUID","generation":N}}. It tells
 * people and tools whose directory it is; at open it has to agree with the directory's name.
 */
final class TenantMarker {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_MAX = 4096;

    private TenantMarker() {}

    static Path in(Path directory) {
        return directory.resolve("tenant.json");
    }

    static void write(Path directory, UUID tenant, long generation) {
        Path file = in(directory);
        String text = "{\"format\":1,\"tenant\":\"" + tenant + "\",\"generation\":" + Long.toUnsignedString(generation)
                + "}\n";
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Damage.writing(file, e);
        }
    }

    /** Throws {@code UNAVAILABLE}, naming the file, unless it names this tenant. */
    static void check(Path directory, UUID tenant) {
        Path file = in(directory);
        String named = null;
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw Damage.in(file, "is larger than a marker can be");
            }
            try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.VALUE_STRING && "tenant".equals(parser.currentName())) {
                        named = parser.getText();
                    }
                }
            }
        } catch (IOException e) {
            throw Damage.in(file, "cannot be read", e);
        }
        if (!tenant.toString().equals(named)) {
            throw Damage.in(file, "names tenant " + named + ", its directory belongs to " + tenant);
        }
    }
}
