package dev.vectorhub.api.qdrant.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are text: UTF-8 as RFC 3629 has it (no overlong forms, no surrogates, nothing above U+10FFFF), and no JSON
 * escape that is half of a surrogate pair. The parser decodes such bytes to something, and payloads are kept as bytes: what is
 * no text would come back to other clients as it came in.
 */
final class BodyText {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long ESCAPES = ONES * '\\';

    private BodyText() {}

    /** Where the bytes stop being text; −1 where they are text to their end. */
    static int fault(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if (i + Long.BYTES <= bytes.length) {
                long word = (long) WORDS.get(bytes, i);
                long escapes = word ^ ESCAPES;
                if (((word | ((escapes - ONES) & ~escapes)) & TOP_BITS) == 0) {
                    i += Long.BYTES;
                    continue;
                }
            }
            int taken = bytes[i] >= 0 ? ascii(bytes, i) : sequence(bytes, i);
            if (taken == 0) {
                return i;
            }
            i += taken;
        }
        return -1;
    }

    /** Bytes of the character or escape at {@code i}; 0 where it is half a surrogate pair. */
    private static int ascii(byte[] bytes, int i) {
        if (bytes[i] != '\\' || i + 1 == bytes.length) {
            return 1;
        }
        int unit = unit(bytes, i);
        if (unit < 0) {
            return 2;
        }
        if (!Character.isSurrogate((char) unit)) {
            return 6;
        }
        int next = Character.isHighSurrogate((char) unit) ? unit(bytes, i + 6) : -1;
        return next >= 0 && Character.isLowSurrogate((char) next) ? 12 : 0;
    }

    /** The UTF-16 unit of the escape at {@code i}; −1 where there is none. */
    private static int unit(byte[] bytes, int i) {
        if (i + 6 > bytes.length || bytes[i] != '\\' || bytes[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int d = i + 2; d < i + 6; d++) {
            int digit = Character.digit(bytes[d], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Bytes of the sequence at {@code i} of more than one byte; 0 where it is none. */
    private static int sequence(byte[] bytes, int i) {
        int first = bytes[i] & 0xFF;
        int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (size == 0 || i + size > bytes.length) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < size; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
