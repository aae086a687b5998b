package dev.vectorhub.tenant;

import dev.vectorhub.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a sorted list: the sort key of the last row seen and its id, which breaks ties. Opaque to clients: base64url
 * of the 16 bytes of the id and the key in UTF-8.
 */
public record Cursor(String key, UUID id) {
    private static final int ENCODED_CHARS_MAX = 4096;

    public String encode() {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(16 + text.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Reads what {@link #encode()} wrote; anything else is a validation problem of the field {@code cursor}. */
    public static Cursor decode(String encoded) {
        if (encoded.length() > ENCODED_CHARS_MAX) {
            throw invalid();
        }
        try {
            ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            if (all.remaining() < 16) {
                throw invalid();
            }
            UUID id = new UUID(all.getLong(), all.getLong());
            return new Cursor(StandardCharsets.UTF_8.newDecoder().decode(all).toString(), id);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return ProblemException.validation("cursor", "is not one that a page gave");
    }
}
