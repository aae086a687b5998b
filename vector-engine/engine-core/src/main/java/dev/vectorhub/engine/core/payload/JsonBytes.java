package dev.vectorhub.engine.core.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that {@link Json#requireObject} has checked, in place: values are positions in a byte array, and nothing is made
 * for them. Bytes that are no such JSON end in a wrong answer or an {@link IndexOutOfBoundsException}, never in a loop.
 */
public final class JsonBytes {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    /** Powers of ten that binary64 holds exactly. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int MANTISSA_DIGITS_MAX = 18;

    private JsonBytes() {}

    /** The first position from {@code at} on that is no white space. */
    public static int white(byte[] json, int at) {
        int i = at;
        while (json[i] <= ' ' && json[i] >= 0) {
            i++;
        }
        return i;
    }

    public static boolean isNumber(byte first) {
        return first == '-' || (first >= '0' && first <= '9');
    }

    // ---- passing over values

    /** The position behind the value at {@code at}. */
    public static int skip(byte[] json, int at) {
        return switch (json[at]) {
            case '"' -> stringEnd(json, at) + 1;
            case '{', '[' -> close(json, at + 1);
            case 't', 'n' -> at + 4;
            case 'f' -> at + 5;
            default -> numberEnd(json, at);
        };
    }

    /** The position behind the object or array that {@code at} is within. */
    public static int close(byte[] json, int at) {
        int depth = 1;
        int i = at;
        while (true) {
            switch (json[i]) {
                case '"' -> i = stringEnd(json, i);
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                default -> {}
            }
            i++;
        }
    }

    /** The closing quote of the string whose opening one is at {@code at}. */
    public static int stringEnd(byte[] json, int at) {
        int i = at + 1;
        while (true) {
            while (i + Long.BYTES <= json.length) {
                long word = (long) WORD.get(json, i);
                long quotes = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
                if (quotes != 0) {
                    i += Long.numberOfTrailingZeros(quotes) >>> 3;
                    break;
                }
                i += Long.BYTES;
            }
            while (json[i] != '"' && json[i] != '\\') {
                i++;
            }
            if (json[i] == '"') {
                return i;
            }
            i += 2;
        }
    }

    /** The high bit of each byte that is zero, and perhaps of bytes above it: its lowest bit is right. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    private static int numberEnd(byte[] json, int at) {
        int i = at + 1;
        while (i < json.length && inNumber(json[i])) {
            i++;
        }
        return i;
    }

    private static boolean inNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
    }

    // ---- texts

    /** Whether the string has an escape: then its bytes are not its text. */
    public static boolean hasEscape(byte[] json, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /**
     * The text of a string.
     *
     * @param end its closing quote
     */
    public static String text(byte[] json, int at, int end) {
        return hasEscape(json, at, end)
                ? unescaped(json, at, end)
                : new String(json, at + 1, end - at - 1, StandardCharsets.UTF_8);
    }

    private static String unescaped(byte[] json, int at, int end) {
        StringBuilder text = new StringBuilder(end - at);
        int i = at + 1;
        while (i < end) {
            int run = i;
            while (i < end && json[i] != '\\') {
                i++;
            }
            text.append(new String(json, run, i - run, StandardCharsets.UTF_8));
            if (i < end) {
                byte c = json[i + 1];
                text.append(
                        switch (c) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'u' -> (char) hex4(json, i + 2);
                            default -> (char) c;
                        });
                i += c == 'u' ? 6 : 2;
            }
        }
        return text.toString();
    }

    private static int hex4(byte[] json, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | (Character.digit(json[i], 16) & 0xF);
        }
        return value;
    }

    /** Whether the string at {@code at} is this text; strings with escapes are decoded. */
    public static boolean isText(byte[] json, int at, byte[] utf8) {
        int start = at + 1;
        for (int i = 0; i < utf8.length; i++) {
            byte b = json[start + i];
            if (b != utf8[i] || b == '"' || b == '\\') {
                return escapedFrom(json, at, start + i) && sameText(json, at, utf8);
            }
        }
        byte last = json[start + utf8.length];
        return last == '"' || (last == '\\' && sameText(json, at, utf8));
    }

    /** Whether what differs may be an escape, not another text. */
    private static boolean escapedFrom(byte[] json, int at, int differs) {
        return json[differs] == '\\' || hasEscape(json, at, Math.min(differs + 1, stringEnd(json, at)));
    }

    private static boolean sameText(byte[] json, int at, byte[] utf8) {
        return text(json, at, stringEnd(json, at)).equals(new String(utf8, StandardCharsets.UTF_8));
    }

    // ---- numbers

    /** An integer without fraction or exponent that 64 bits hold. */
    public static boolean isLong(byte[] json, int at) {
        if (!isNumber(json[at])) {
            return false;
        }
        boolean negative = json[at] == '-';
        int i = negative ? at + 1 : at;
        long value = 0;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            int digit = json[i] - '0';
            // counted below zero, where there is room for one more
            if (value < Long.MIN_VALUE / 10) {
                return false;
            }
            value *= 10;
            if (value < Long.MIN_VALUE + digit) {
                return false;
            }
            value -= digit;
            i++;
        }
        return (i == json.length || !inNumber(json[i])) && (negative || value != Long.MIN_VALUE);
    }

    /** Of a number that {@link #isLong}. */
    public static long longValue(byte[] json, int at) {
        boolean negative = json[at] == '-';
        int i = negative ? at + 1 : at;
        long value = 0;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            value = 10 * value - (json[i++] - '0');
        }
        return negative ? value : -value;
    }

    /** The nearest binary64, as {@link Double#parseDouble} has it. */
    public static double doubleValue(byte[] json, int at) {
        boolean negative = json[at] == '-';
        int i = negative ? at + 1 : at;
        long mantissa = 0;
        int digits = 0;
        int exponent = 0;
        boolean fraction = false;
        while (i < json.length) {
            byte b = json[i];
            if (b >= '0' && b <= '9') {
                mantissa = 10 * mantissa + (b - '0');
                digits += mantissa == 0 ? 0 : 1;
                exponent -= fraction ? 1 : 0;
            } else if (b == '.') {
                fraction = true;
            } else {
                break;
            }
            if (digits > MANTISSA_DIGITS_MAX) {
                return slowDouble(json, at);
            }
            i++;
        }
        // both the mantissa and the power of ten are exact, so that one operation rounds once
        if ((i < json.length && (json[i] == 'e' || json[i] == 'E'))
                || mantissa > 1L << 53
                || -exponent >= TENS.length) {
            return slowDouble(json, at);
        }
        double value = mantissa / TENS[-exponent];
        return negative ? -value : value;
    }

    private static double slowDouble(byte[] json, int at) {
        return Double.parseDouble(new String(json, at, numberEnd(json, at) - at, StandardCharsets.ISO_8859_1));
    }
}
