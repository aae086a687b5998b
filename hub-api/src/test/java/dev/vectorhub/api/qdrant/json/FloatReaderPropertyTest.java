package dev.vectorhub.api.qdrant.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The number reader against {@link Float#parseFloat}, most of all where a float ends and the next begins. */
class FloatReaderPropertyTest {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    @Property(tries = 20_000)
    void anyFloatAsItIsPrinted(@ForAll("bits32") int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isFinite(value)) {
            agrees(Float.toString(value));
            agrees(new BigDecimal(value).toPlainString());
            agrees(Double.toString(value));
        }
    }

    @Property(tries = 20_000)
    void anyDoubleAsItIsPrinted(@ForAll("bits64") long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            agrees(Double.toString(value));
        }
    }

    @Property(tries = 5_000)
    void numbersLikeThoseOfVectors(@ForAll("components") double value, @ForAll("digits") int digits) {
        agrees(new BigDecimal(value).round(new MathContext(digits)).toPlainString());
        agrees(String.format(java.util.Locale.ROOT, "%." + digits + "f", value));
        agrees(String.format(java.util.Locale.ROOT, "%." + digits + "e", value));
    }

    /** The middle between two floats, in full and a little beside it: rounding twice would go wrong here. */
    @Property(tries = 10_000)
    void theBoundaryBetweenTwoFloats(@ForAll("bits32") int bits, @ForAll("digits") int digits) {
        float lower = Float.intBitsToFloat(bits & 0x7FFFFFFF);
        float upper = Math.nextUp(lower);
        if (!Float.isFinite(upper)) {
            return;
        }
        BigDecimal middle = new BigDecimal(lower).add(new BigDecimal(upper)).divide(BigDecimal.valueOf(2));
        agrees(middle.toString());
        agrees(middle.negate().toPlainString());
        for (RoundingMode mode : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
            agrees(middle.round(new MathContext(digits + 8, mode)).toString());
        }
        BigDecimal little = middle.ulp().movePointLeft(digits);
        agrees(middle.add(little).toString());
        agrees(middle.subtract(little).toString());
    }

    @Property(tries = 20_000)
    void anythingMadeOfANumbersCharacters(@ForAll("scraps") String text) {
        agrees(text);
    }

    @Example
    void hardAndForbiddenOnes() {
        for (String text : List.of(
                "0",
                "-0",
                "0.0",
                "-0.0e-5",
                "1",
                "16777217",
                "16777219",
                "9007199791611905",
                "33554433.0",
                "1e38",
                "3.4028235e38",
                "3.4028235677973366e38",
                "3.4028235677973367e38",
                "3.5e38",
                "1e39",
                "1e400",
                "1e-400",
                "1.4e-45",
                "7e-46",
                "7.1e-46",
                "1.17549435e-38",
                "1.1754943e-38",
                "0.000000000000000000000000000000001",
                "123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "1e-0000000000001",
                "100000000000000000000000000000000000000000000000000e-50",
                "1.",
                ".5",
                "-",
                "",
                "01",
                "-01.5",
                "1e",
                "1e+",
                "+1",
                "0x1p3",
                "NaN",
                "Infinity",
                "1_0",
                "1f",
                "1d",
                "2.5.1",
                "--1",
                "0".repeat(500),
                "0." + "0".repeat(390) + "1",
                "0." + "1".repeat(400),
                "1" + "0".repeat(399))) {
            agrees(text);
        }
    }

    /** Where the text is a number of JSON's to its end: the same float; else it is not read to its end. */
    private static void agrees(String text) {
        byte[] bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
        FloatReader reader = new FloatReader(bytes, bytes.length);
        boolean read = reader.read(1) && reader.end() == bytes.length - 1;
        boolean number = JSON_NUMBER.matcher(text).matches() && text.length() <= BodyLimits.NUMBER_CHARS_MAX;
        if (!number || !Float.isFinite(Float.parseFloat(text))) {
            assertFalse(read, text);
            return;
        }
        assertTrue(read, text);
        assertEquals(Float.floatToRawIntBits(Float.parseFloat(text)), Float.floatToRawIntBits(reader.value()), text);
    }

    @Provide
    Arbitrary<Integer> bits32() {
        return Arbitraries.integers().withDistribution(net.jqwik.api.RandomDistribution.uniform());
    }

    @Provide
    Arbitrary<Long> bits64() {
        // Around one, where floats are, and anywhere.
        return Arbitraries.longs()
                .withDistribution(net.jqwik.api.RandomDistribution.uniform())
                .map(bits -> (bits & 1) == 0 ? bits : (bits & 0x87FFFFFFFFFFFFFFL) | 0x3800000000000000L);
    }

    @Provide
    Arbitrary<Double> components() {
        return Arbitraries.doubles().between(-2, 2).ofScale(17);
    }

    @Provide
    Arbitrary<Integer> digits() {
        return Arbitraries.integers().between(1, 30);
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.strings().withChars("0123456789.-+eE").ofMaxLength(14);
    }
}
