package dev.vectorhub.engine.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterWayTest {
    @ParameterizedTest
    @CsvSource({
        "0, 100000, 15000, FLAT",
        "1000, 100000, 15000, FLAT",
        "15000, 100000, 15000, FLAT",
        "15001, 100000, 15000, TWO_HOP",
        "34999, 100000, 15000, TWO_HOP",
        "35000, 100000, 15000, COLLECT",
        "100000, 100000, 15000, COLLECT",
        // so rare that walks would not meet them
        "20000, 1000000, 2000, FLAT",
        // rare, but too many to compare them all
        "40000, 1000000, 15000, TWO_HOP",
        "1500, 2000, 15000, FLAT",
    })
    void theFewAreComparedAndTheManyCollected(long matches, long points, long flatMost, FilterWay way) {
        assertEquals(way, FilterWay.of(matches, points, flatMost));
    }
}
