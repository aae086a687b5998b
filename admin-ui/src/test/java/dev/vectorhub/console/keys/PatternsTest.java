package dev.vectorhub.console.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsTest {
    @Test
    void commasAndSpacesSeparate() {
        assertEquals(List.of("docs-*", "products"), Patterns.parse(" docs-*,  products "));
        assertEquals(List.of("a", "b", "c"), Patterns.parse("a b\tc"));
    }

    @Test
    void nothingAndStarMeanAll() {
        assertEquals(List.of(), Patterns.parse("  "));
        assertEquals(List.of(), Patterns.parse("*"));
        assertEquals(
                List.of("*", "x"), Patterns.parse("*,x"), "a star among others is kept: the owner meant something");
    }
}
