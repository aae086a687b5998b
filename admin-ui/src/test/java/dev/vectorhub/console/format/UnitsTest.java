package dev.vectorhub.console.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1 KiB",
        "1536,1.5 KiB",
        "1048575,1 MiB",
        "2147483648,2 GiB",
        "1231453023109,1.1 TiB",
        "-1536,−1.5 KiB",
    })
    void bytesInBinaryUnits(long bytes, String expected) {
        assertEquals(expected, Units.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "999,999", "1000,1k", "12345,12.3k", "999949,999.9k", "999960,1M", "85.9,85.9", "2500000000,2.5G"
    })
    void shortCounts(double count, String expected) {
        assertEquals(expected, Units.shortCount(count));
    }

    @ParameterizedTest
    @CsvSource({"0,0 %", "0.0004,< 1 %", "0.424,42 %", "0.996,99 %", "1,100 %", "1.02,102 %"})
    void percentNeverHidesALittleNorRoundsUpToFull(double share, String expected) {
        assertEquals(expected, Units.percent(share));
    }

    @ParameterizedTest
    @CsvSource({"0,0 keys", "1,1 key", "1234,'1,234 keys'"})
    void plurals(long count, String expected) {
        assertEquals(expected, Units.plural(count, "key", "keys"));
    }
}
