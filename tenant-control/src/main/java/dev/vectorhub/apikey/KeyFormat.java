package dev.vectorhub.apikey;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The form of an API key: {@code vhk_<env>_<keyId>_<secret>_<checksum>}.
 *
 * <ul>
 *   <li>{@code env}: 1 to 16 of {@code a-z 0-9}, so that a key of a test installation is recognised as such;
 *   <li>{@code keyId}: the key's UUID, 22 base62 digits;
 *   <li>{@code secret}: 32 random base62 digits, 190 bits;
 *   <li>{@code checksum}: CRC-32 of everything before its underscore, 6 base62 digits: a mistyped or cut key is refused
 *       without a look into the database, and secret scanners have no false finds.
 * </ul>
 */
final class KeyFormat {
    private static final String PREFIX = "vhk";
    private static final int ID_DIGITS = 22;
    private static final int SECRET_DIGITS = 32;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int ENV_CHARS_MAX = 16;
    private static final char[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final byte[] VALUES = values();
    private static final int FIXED_CHARS = PREFIX.length() + ID_DIGITS + SECRET_DIGITS + CHECKSUM_DIGITS + 4;

    /**
     * A key of the right form.
     *
     * @param signed everything that the stored hash covers: the key without its checksum
     */
    record Parsed(String env, UUID id, String signed) {}

    private KeyFormat() {}

    /** A new key of the given identity. */
    static String create(String env, UUID id, SecureRandom random) {
        if (!isEnv(env)) {
            throw new IllegalArgumentException(
                    "hub.key.env must be 1 to " + ENV_CHARS_MAX + " of a-z and 0-9, not '" + env + "'");
        }
        StringBuilder key = new StringBuilder(FIXED_CHARS + env.length());
        key.append(PREFIX)
                .append('_')
                .append(env)
                .append('_')
                .append(encode(id))
                .append('_');
        for (int i = 0; i < SECRET_DIGITS; i++) {
            key.append(DIGITS[random.nextInt(DIGITS.length)]);
        }
        String checksum = checksum(key);
        return key.append('_').append(checksum).toString();
    }

    /** How a key begins: enough for its owner to recognise it, nothing of the secret. */
    static String prefix(String env, UUID id) {
        return PREFIX + '_' + env + '_' + encode(id);
    }

    /** What the stored hash of a key of ours covers. */
    static String signed(String key) {
        return key.substring(0, key.length() - CHECKSUM_DIGITS - 1);
    }

    /** Empty for everything that {@link #create} cannot have made. */
    static Optional<Parsed> parse(String presented) {
        int envChars = presented.length() - FIXED_CHARS;
        if (envChars < 1 || envChars > ENV_CHARS_MAX || !presented.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int envStart = PREFIX.length() + 1;
        int idStart = envStart + envChars + 1;
        int secretStart = idStart + ID_DIGITS + 1;
        int checksumStart = secretStart + SECRET_DIGITS + 1;
        if (presented.charAt(envStart - 1) != '_'
                || presented.charAt(idStart - 1) != '_'
                || presented.charAt(secretStart - 1) != '_'
                || presented.charAt(checksumStart - 1) != '_') {
            return Optional.empty();
        }
        String env = presented.substring(envStart, idStart - 1);
        String signed = presented.substring(0, checksumStart - 1);
        if (!isEnv(env)
                || !isBase62(presented, secretStart, checksumStart - 1)
                || !presented.substring(checksumStart).contentEquals(checksum(signed))) {
            return Optional.empty();
        }
        return decode(presented, idStart).map(id -> new Parsed(env, id, signed));
    }

    static String checksum(CharSequence signed) {
        CRC32 crc = new CRC32();
        crc.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        char[] digits = new char[CHECKSUM_DIGITS];
        long rest = crc.getValue();
        for (int i = CHECKSUM_DIGITS - 1; i >= 0; i--) {
            digits[i] = DIGITS[(int) (rest % DIGITS.length)];
            rest /= DIGITS.length;
        }
        return new String(digits);
    }

    /** A 128-bit number in base 62, most significant digit first. */
    static String encode(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        char[] digits = new char[ID_DIGITS];
        for (int i = ID_DIGITS - 1; i >= 0; i--) {
            long remainder = Long.remainderUnsigned(high, 62);
            high = Long.divideUnsigned(high, 62);
            // (remainder · 2^64 + low) ÷ 62 in two steps of 32 bits, so that nothing overflows.
            long middle = (remainder << 32) | (low >>> 32);
            long quotientHigh = middle / 62;
            long last = ((middle % 62) << 32) | (low & 0xFFFF_FFFFL);
            low = (quotientHigh << 32) | (last / 62);
            digits[i] = DIGITS[(int) (last % 62)];
        }
        return new String(digits);
    }

    private static Optional<UUID> decode(String text, int start) {
        long high = 0;
        long low = 0;
        for (int i = start; i < start + ID_DIGITS; i++) {
            int value = value(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            long carry = Math.unsignedMultiplyHigh(low, 62);
            low *= 62;
            long sum = low + value;
            if (Long.compareUnsigned(sum, low) < 0) {
                carry++;
            }
            low = sum;
            if (Math.unsignedMultiplyHigh(high, 62) != 0) {
                return Optional.empty();
            }
            high = high * 62 + carry;
        }
        UUID id = new UUID(high, low);
        // 62^22 is more than 2^128: what wrapped round is no number of ours.
        return text.regionMatches(start, encode(id), 0, ID_DIGITS) ? Optional.of(id) : Optional.empty();
    }

    private static boolean isEnv(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= ENV_CHARS_MAX;
    }

    private static boolean isBase62(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }
}
