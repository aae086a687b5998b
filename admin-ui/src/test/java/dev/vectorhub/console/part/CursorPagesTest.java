package dev.vectorhub.console.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.tenant.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CursorPagesTest {
    private final List<Integer> rows = IntStream.range(0, 1_234).boxed().toList();
    private final List<Integer> asked = new ArrayList<>();

    private final CursorPages<Integer> pages = new CursorPages<>((cursor, limit) -> {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(rows.size(), from + limit);
        asked.add(to - from);
        return new Page<>(rows.subList(from, to), to < rows.size() ? String.valueOf(to) : null);
    });

    @Test
    void scrollingOnCostsOnePageEach() {
        assertEquals(rows.subList(0, 50), pages.fetch(0, 50));
        assertEquals(rows.subList(50, 100), pages.fetch(50, 50));
        assertEquals(rows.subList(100, 150), pages.fetch(100, 50));
        assertEquals(List.of(50, 50, 50), asked);
    }

    @Test
    void scrollingBackStartsAtAKnownPlace() {
        pages.fetch(0, 50);
        pages.fetch(50, 50);
        pages.fetch(100, 50);
        asked.clear();
        assertEquals(rows.subList(50, 100), pages.fetch(50, 50));
        assertEquals(List.of(50), asked);
    }

    @Test
    void aJumpReadsItsWayThere() {
        assertEquals(rows.subList(1_100, 1_150), pages.fetch(1_100, 50));
        assertEquals(List.of(500, 500, 100, 50), asked);
    }

    @Test
    void theEndIsShortAndBeyondItThereIsNothing() {
        assertEquals(rows.subList(1_200, 1_234), pages.fetch(1_200, 50));
        assertEquals(List.of(), pages.fetch(1_234, 50));
        assertEquals(List.of(), pages.fetch(5_000, 50));
    }
}
