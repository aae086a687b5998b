package dev.vectorhub.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaLineTest {

    @ParameterizedTest
    @CsvSource({"0,OK", "79,OK", "80,WARNING", "94,WARNING", "95,CRITICAL", "100,CRITICAL", "101,EXCEEDED"})
    void levelsBeginAt80And95PerCent(long used, QuotaLine.Level level) {
        assertEquals(level, new QuotaLine("maxCollections", 100, used).level());
    }
}
