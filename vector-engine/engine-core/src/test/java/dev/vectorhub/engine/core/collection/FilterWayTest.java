package dev.vectorhub.engine.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterWayTest {
    @ParameterizedTest
    @CsvSource({
        "0, 100000, 100, FLAT",
        "1000, 100000, 100, FLAT",
        "5000, 100000, 100, FLAT",
        "10000, 100000, 100, TWO_HOP",
        "20000, 100000, 100, TWO_HOP",
        "50000, 100000, 100, COLLECT",
        "100000, 100000, 100, COLLECT",
        // rare, but too many to compare them all
        "40000, 1000000, 100, TWO_HOP",
        // a wide beam compares many points anyway
        "10000, 100000, 500, FLAT",
        "1500, 2000, 100, FLAT",
    })
    void theFewAreComparedAndTheManyCollected(long matches, long points, int ef, FilterWay way) {
        assertEquals(way, FilterWay.of(matches, points, ef));
    }
}
