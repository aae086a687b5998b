package dev.vectorhub.api.qdrant.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.engine.core.filter.Datetimes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A date in a filter means what it means in a payload. */
class DatetimesPropertyTest {

    private static final List<String> FORMS = List.of(
            "2024-02-29T12:34:56Z",
            "2024-02-29t12:34:56z",
            "2024-02-29 12:34:56.123456789+02:30",
            "2024-02-29T12:34:56-0130",
            "2024-02-29 12:34:56+02",
            "2024-02-29T12:34:56.5",
            "2024-02-29 12:34",
            "2024-02-29",
            "0001-01-01",
            "9999-12-31T23:59:59.999999Z");

    private static void same(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Datetimes.micros(utf8, 0, utf8.length),
                dev.vectorhub.api.qdrant.filter.Datetimes.micros(text).orElse(Datetimes.NONE),
                text);
    }

    @Example
    void everyForm() {
        FORMS.forEach(DatetimesPropertyTest::same);
        assertEquals(
                1_709_210_096_123_456L - 9_000_000_000L,
                dev.vectorhub.api.qdrant.filter.Datetimes.micros(FORMS.get(2)).orElseThrow());
        List.of("", "2024", "2023-02-29", "2024-02-29T12:34", "2024-02-29T24:00:00Z", "2024-02-29T12:34:56+24:00")
                .forEach(DatetimesPropertyTest::same);
    }

    @Property(tries = 3_000)
    void whateverIsMadeOfThem(@ForAll Random random) {
        StringBuilder text = new StringBuilder(FORMS.get(random.nextInt(FORMS.size())));
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) {
                text.deleteCharAt(at);
            } else {
                text.setCharAt(at, "0123456789-+:.TZ ".charAt(random.nextInt(17)));
            }
        }
        same(text.toString());
    }
}
