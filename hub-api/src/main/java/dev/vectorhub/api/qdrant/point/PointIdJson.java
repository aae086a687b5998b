package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.PointId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Point ids: unsigned 64-bit integers, and UUIDs in the spellings that Qdrant takes (upper or lower case): with hyphens,
 * 32 hexadecimal digits, in braces, with {@code urn:uuid:} in front. They are written with hyphens in lower case.
 */
public final class PointIdJson {

    /** Numbers before UUIDs, each as unsigned values, as the engine orders them. */
    public static final Comparator<PointId> ORDER = Comparator.comparing(PointId::hasUuid)
            .thenComparing(PointId::getNum, Long::compareUnsigned)
            .thenComparing(PointId::getUuid, ByteString.unsignedLexicographicalComparator());

    private static final String HYPHENATED = "........-....-....-....-............";
    private static final String URN = "urn:uuid:";

    private PointIdJson() {}

    /** Reads the id where the body stands. */
    public static PointId read(JsonBody body) {
        return switch (body.token()) {
            case VALUE_NUMBER_INT -> {
                PointId id = number(body.text());
                if (id == null) {
                    throw invalid(body, body.text());
                }
                yield id;
            }
            case VALUE_STRING -> {
                PointId id = uuid(body.text());
                if (id == null) {
                    throw invalid(body, body.text());
                }
                yield id;
            }
            case VALUE_NUMBER_FLOAT -> throw invalid(body, body.text());
            default -> throw body.mismatch("a point id");
        };
    }

    /** The id in a path segment. */
    public static PointId ofPath(String segment) {
        PointId id = number(segment);
        if (id == null) {
            id = uuid(segment);
        }
        if (id == null) {
            throw TenantApiException.wrongInput("Can not recognize \"" + BodyErrors.shown(segment) + "\" as point id");
        }
        return id;
    }

    /** Writes the id as JSON. */
    public static void write(JsonGenerator out, PointId id) throws IOException {
        if (id.hasNum()) {
            long value = id.getNum();
            if (value >= 0) {
                out.writeNumber(value);
            } else {
                out.writeNumber(Long.toUnsignedString(value));
            }
        } else {
            out.writeString(hyphenated(id.getUuid()));
        }
    }

    /** The id as a message shows it. */
    public static String text(PointId id) {
        return id.hasNum() ? Long.toUnsignedString(id.getNum()) : hyphenated(id.getUuid());
    }

    private static String hyphenated(ByteString uuid) {
        ByteBuffer bytes = uuid.asReadOnlyByteBuffer();
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static TenantApiException invalid(JsonBody body, String shown) {
        return body.format("value " + BodyErrors.shown(shown)
                + " is not a valid point ID, valid values are either an unsigned integer or a UUID");
    }

    /** The id that the text spells as a number; null where it spells none. */
    public static @Nullable PointId number(String text) {
        int length = text.length();
        if (length == 0 || length > 20) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
        }
        // u64 has at most 20 digits; of those with 20, the greatest is this one.
        if (length == 20 && text.compareTo("18446744073709551615") > 0) {
            return null;
        }
        return PointId.newBuilder().setNum(Long.parseUnsignedLong(text)).build();
    }

    /** The id that the text spells as a UUID; null where it spells none. */
    public static @Nullable PointId uuid(String text) {
        String body = text;
        if (body.regionMatches(true, 0, URN, 0, URN.length())) {
            body = body.substring(URN.length());
            if (body.length() != HYPHENATED.length()) {
                return null;
            }
        } else if (body.length() == HYPHENATED.length() + 2 && body.startsWith("{") && body.endsWith("}")) {
            body = body.substring(1, body.length() - 1);
        }
        boolean hyphens = body.length() == HYPHENATED.length();
        if (!hyphens && body.length() != 32) {
            return null;
        }
        byte[] bytes = new byte[16];
        int digits = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (hyphens && HYPHENATED.charAt(i) == '-') {
                if (c != '-') {
                    return null;
                }
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return null;
            }
            bytes[digits >> 1] |= (byte) ((digits & 1) == 0 ? digit << 4 : digit);
            digits++;
        }
        return PointId.newBuilder()
                .setUuid(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }
}
