package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.payload.JsonBytes;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The spellings of a UUID: with hyphens, without, in braces, as a URN, in letters of either case. */
public final class Uuids {
    private static final String URN = "urn:uuid:";
    private static final int HEX = 32;
    private static final int HYPHENATED = 36;

    private Uuids() {}

    /** Null if the value is no UUID. */
    static @Nullable UUID at(byte[] json, int at) {
        int end = JsonBytes.stringEnd(json, at);
        int length = end - at - 1;
        return length < HEX || length > URN.length() + HYPHENATED ? null : parse(JsonBytes.text(json, at, end));
    }

    /** Null if the text is no UUID. */
    public static @Nullable UUID parse(String text) {
        String digits = text;
        if (digits.startsWith(URN)) {
            digits = digits.substring(URN.length());
        } else if (digits.startsWith("{") && digits.endsWith("}") && digits.length() == HYPHENATED + 2) {
            digits = digits.substring(1, digits.length() - 1);
        }
        if (digits.length() == HYPHENATED) {
            for (int i : new int[] {8, 13, 18, 23}) {
                if (digits.charAt(i) != '-') {
                    return null;
                }
            }
            digits = digits.substring(0, 8)
                    + digits.substring(9, 13)
                    + digits.substring(14, 18)
                    + digits.substring(19, 23)
                    + digits.substring(24);
        }
        if (digits.length() != HEX || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        return new UUID(HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, HEX));
    }
}
