package dev.vectorhub.backup;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids as the engine's messages have them. */
final class EngineIds {
    static final int BYTES = 16;

    private EngineIds() {}

    static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    /** @param id of {@value #BYTES} bytes */
    static UUID uuid(ByteString id) {
        ByteBuffer bytes = id.asReadOnlyByteBuffer();
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The engine's name of a collection that an attempt of a restore writes: the same whoever asks. */
    static UUID derived(UUID restore, int attempt, UUID collection) {
        return UUID.nameUUIDFromBytes((restore + "|" + attempt + "|" + collection).getBytes(StandardCharsets.UTF_8));
    }
}
