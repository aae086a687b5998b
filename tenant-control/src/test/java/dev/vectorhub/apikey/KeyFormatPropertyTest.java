package dev.vectorhub.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class KeyFormatPropertyTest {
    private final SecureRandom random = new SecureRandom();

    @Property
    void everyIdSurvivesTheTrip(@ForAll long high, @ForAll long low) {
        UUID id = new UUID(high, low);
        String key = KeyFormat.create("live", id, random);
        KeyFormat.Parsed parsed = KeyFormat.parse(key).orElseThrow();
        assertEquals(id, parsed.id());
        assertEquals("live", parsed.env());
        assertEquals(KeyFormat.signed(key), parsed.signed());
        assertTrue(key.startsWith(KeyFormat.prefix("live", id)));
    }

    @Property
    void idsSortAsTheirDigits(@ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        int numbers = Long.compareUnsigned(high, otherHigh) != 0
                ? Long.compareUnsigned(high, otherHigh)
                : Long.compareUnsigned(low, otherLow);
        int digits = KeyFormat.encode(new UUID(high, low)).compareTo(KeyFormat.encode(new UUID(otherHigh, otherLow)));
        assertEquals(Integer.signum(numbers), Integer.signum(digits));
    }

    @Property
    void oneChangedCharacterIsNoticed(
            @ForAll long high, @ForAll @IntRange(max = 71) int at, @ForAll @AlphaChars @NumericChars char replacement) {
        String key = KeyFormat.create("live", new UUID(high, 7), random);
        int place = at % key.length();
        if (key.charAt(place) != replacement) {
            String changed = key.substring(0, place) + replacement + key.substring(place + 1);
            assertTrue(KeyFormat.parse(changed).isEmpty(), changed);
        }
    }

    @Property
    void anyTextIsEitherAKeyOrNot(@ForAll @StringLength(max = 100) String text) {
        KeyFormat.parse(text).ifPresent(parsed -> assertTrue(text.startsWith(parsed.signed())));
    }
}
