package dev.vectorhub.api.qdrant.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Numbers of a JSON text into binary32, correctly rounded (to nearest, ties to even, as {@link Float#parseFloat}), without an
 * object. Reads one number after another; belongs to one thread.
 *
 * <p>The digits are gathered in a long {@code w}, so that the number is {@code w·10^e}, and multiplied in binary64 by a table's
 * {@code 10^e}. Each of the four steps (digits beyond the {@value #DIGITS_MAX}th are dropped, {@code w} becomes binary64, the
 * power is one, the product is one) is off by half a unit in the last place of binary64 at most, so that the product is off by
 * less than {@value #UNITS_OFF_MAX} units. Rounding it to binary32 gives the right float unless the boundary between two
 * floats lies that close, in which case, as for what is not a normal float, the text is given to {@link Float#parseFloat}.
 */
final class FloatReader {

    /** What a long holds of any digits. */
    private static final int DIGITS_MAX = 18;

    /** From here on another digit might not fit. */
    private static final long FULL = 100_000_000_000_000_000L;

    private static final int UNITS_OFF_MAX = 4;

    /** Of the table; far beyond binary32 with {@value #DIGITS_MAX} digits. */
    private static final int EXPONENT_MAX = 64;

    /** Digits of an exponent that are added up; longer ones are left to the library. */
    private static final int EXPONENT_DIGITS_MAX = 4;

    /** Digits that are looked at together. */
    private static final int EIGHT = 8;

    private static final long EIGHT_DIGITS = 100_000_000;
    private static final long DIGIT_ZEROS = 0x3030_3030_3030_3030L;
    private static final long HIGH_HALVES = 0xF0F0_F0F0_F0F0_F0F0L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final double[] POWERS = new double[2 * EXPONENT_MAX + 1];

    /** Bits of a binary64 significand that a binary32 has not. */
    private static final int SURPLUS_BITS = 29;

    private static final long SURPLUS = (1L << SURPLUS_BITS) - 1;
    private static final long HALFWAY = 1L << (SURPLUS_BITS - 1);

    static {
        for (int e = -EXPONENT_MAX; e <= EXPONENT_MAX; e++) {
            POWERS[e + EXPONENT_MAX] = Double.parseDouble("1e" + e);
        }
    }

    private final byte[] text;
    private final int limit;
    private int end;
    private float value;

    /** @param limit of the bytes that may be read; what stands there is never part of a number */
    FloatReader(byte[] text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /** Behind the last number that was read. */
    int end() {
        return end;
    }

    /** The last number that was read. */
    float value() {
        return value;
    }

    /**
     * Reads the number that begins at a place; false where there is none by JSON's grammar, one of more than
     * {@link BodyLimits#NUMBER_CHARS_MAX} characters, or one that is not finite as binary32.
     */
    boolean read(int from) {
        byte[] t = text;
        int i = from;
        // Components are of either sign by chance: no jump for a processor to guess.
        int negative = i < limit && t[i] == '-' ? 1 : 0;
        i += negative;
        int first = i;
        long w = 0;
        int digit;
        while (i < limit && (digit = t[i] - '0') >= 0 && digit <= 9 && i - first < DIGITS_MAX) {
            w = w * 10 + digit;
            i++;
        }
        int digits = i - first;
        // No digit at all, a zero in front of others, or a long number: nothing that vectors are made of.
        if (digits == 0 || digits == DIGITS_MAX || (digits > 1 && t[first] == '0')) {
            return slow(from);
        }
        int exponent = 0;
        if (i < limit && t[i] == '.') {
            int fraction = ++i;
            if (i + EIGHT <= limit && w < FULL / EIGHT_DIGITS) {
                long eight = (long) LONG.get(t, i);
                if (areDigits(eight)) {
                    w = w * EIGHT_DIGITS + number(eight);
                    exponent = -EIGHT;
                    i += EIGHT;
                }
            }
            while (i < limit && (digit = t[i] - '0') >= 0 && digit <= 9) {
                if (w < FULL) {
                    w = w * 10 + digit;
                    exponent--;
                }
                i++;
            }
            if (i == fraction) {
                return slow(from);
            }
        }
        if (i < limit && (t[i] | 0x20) == 'e') {
            int sign = i + 1;
            boolean below = sign < limit && t[sign] == '-';
            int start = below || (sign < limit && t[sign] == '+') ? sign + 1 : sign;
            int power = 0;
            i = start;
            while (i < limit && (digit = t[i] - '0') >= 0 && digit <= 9 && i - start < EXPONENT_DIGITS_MAX) {
                power = power * 10 + digit;
                i++;
            }
            if (i == start || i - start == EXPONENT_DIGITS_MAX) {
                return slow(from);
            }
            exponent += below ? -power : power;
        }
        if (i - from > BodyLimits.NUMBER_CHARS_MAX) {
            return false;
        }
        end = i;
        if (w == 0) {
            value = signed(0, negative);
            return true;
        }
        if (exponent < -EXPONENT_MAX || exponent > EXPONENT_MAX) {
            return slow(from);
        }
        double product = w * POWERS[exponent + EXPONENT_MAX];
        long surplus = Double.doubleToRawLongBits(product) & SURPLUS;
        if (Math.abs(surplus - HALFWAY) <= UNITS_OFF_MAX || product < Float.MIN_NORMAL || product > Float.MAX_VALUE) {
            return slow(from);
        }
        value = signed((float) product, negative);
        return true;
    }

    private static float signed(float magnitude, int negative) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ (negative << 31));
    }

    /** Whether the eight bytes are digits: each has the high half 3, still so with 6 added. */
    private static boolean areDigits(long eight) {
        return (eight & (eight + 0x0606_0606_0606_0606L) & HIGH_HALVES) == DIGIT_ZEROS;
    }

    /**
     * The number that eight digits are, the first in the lowest byte: pairs, then fours, then all of them put together by one
     * multiplication each (Mula and Lemire, "Number parsing at a gigabyte per second", 2021, section 5).
     */
    private static long number(long eight) {
        long pairs = eight - DIGIT_ZEROS;
        pairs = pairs * 10 + (pairs >>> 8);
        return ((pairs & 0x0000_00FF_0000_00FFL) * (100 + (1_000_000L << 32))
                        + ((pairs >>> 16) & 0x0000_00FF_0000_00FFL) * (1 + (10_000L << 32)))
                >>> 32;
    }

    /** By the library: rare, hence simple. */
    private boolean slow(int from) {
        int i = from;
        if (i < limit && text[i] == '-') {
            i++;
        }
        int first = i;
        i = digits(i);
        if (i == first || (i - first > 1 && text[first] == '0')) {
            return false;
        }
        if (i < limit && text[i] == '.') {
            int fraction = i + 1;
            i = digits(fraction);
            if (i == fraction) {
                return false;
            }
        }
        if (i < limit && (text[i] | 0x20) == 'e') {
            int start = i + 1;
            if (start < limit && (text[start] == '-' || text[start] == '+')) {
                start++;
            }
            i = digits(start);
            if (i == start) {
                return false;
            }
        }
        if (i - from > BodyLimits.NUMBER_CHARS_MAX) {
            return false;
        }
        end = i;
        value = Float.parseFloat(new String(text, from, i - from, StandardCharsets.ISO_8859_1));
        return Float.isFinite(value);
    }

    private int digits(int from) {
        int i = from;
        while (i < limit && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }
}
