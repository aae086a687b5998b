package dev.vectorhub.engine.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    private final Curve curve = new Curve(
            "data",
            "<engine>",
            0.95,
            List.of(
                    new Curve.Point(10, 0.90, 4000, 3900),
                    new Curve.Point(20, 0.94, 2000, 1900),
                    new Curve.Point(40, 0.96, 500, 490)));

    @Test
    void betweenTwoBeamsSpeedIsInterpolatedInLogarithms() {
        assertEquals(1000, curve.qpsAt(0.95).orElseThrow(), 1e-6);
        assertEquals(2000, curve.qpsAt(0.94).orElseThrow(), 1e-6);
    }

    @Test
    void aFirstBeamThatIsGoodEnoughCounts() {
        assertEquals(4000, curve.qpsAt(0.5).orElseThrow());
    }

    @Test
    void aRecallThatWasNotReachedHasNoSpeed() {
        assertTrue(curve.qpsAt(0.97).isEmpty());
    }

    @Test
    void thePageShowsAllAndEscapesIt() {
        Machine machine = new Machine("cpu", 2, 1, "os", "java", "kernel", 1, 2, 0.5, 0, 3);
        Report report = new Report(
                machine,
                List.of(Row.against("a & b", "data", 0.95, 1234.5678, "peer", 617.28, "queries/s")),
                List.of(curve),
                List.of("a <note>"));
        String page = Page.html("engine bench", report);
        assertTrue(page.contains("&lt;engine&gt;") && page.contains("a &amp; b") && page.contains("a &lt;note&gt;"));
        assertFalse(page.contains("<engine>") || page.contains("NaN") || page.contains("Infinity"));
        assertTrue(page.contains("1,235") && page.contains("2.00 ×"));
        List<String> table = Table.lines(report);
        assertEquals(2, table.size());
        assertTrue(table.get(1).contains("1,235") && table.get(1).contains("0.950"));
    }
}
