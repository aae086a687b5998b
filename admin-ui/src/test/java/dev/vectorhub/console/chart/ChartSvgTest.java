package dev.vectorhub.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartSvgTest {
    @Test
    void barsStandOnTheBaseAndKeepTheirProportion() throws Exception {
        Document svg = draw(chart(Chart.Kind.BAR, 10, 0, 20));
        List<Element> bars = ofClass(svg, "rect", "chart-bar");
        assertEquals(2, bars.size(), "a zero has no bar");
        double low = number(bars.get(0), "height");
        double high = number(bars.get(1), "height");
        assertEquals(2.0, high / low, 0.02);
        assertEquals(
                number(bars.get(0), "y") + low,
                number(bars.get(1), "y") + high,
                0.11,
                "both end at the same base line");
    }

    @Test
    void aLineHasOnePointForEachSlotAndAnAreaBelow() throws Exception {
        Document svg = draw(chart(Chart.Kind.LINE, 1, 5, 3, 4));
        String path = ofClass(svg, "path", "chart-line").getFirst().getAttribute("d");
        assertEquals(4, path.split("[ML]", -1).length - 1);
        assertTrue(
                ofClass(svg, "path", "chart-area").getFirst().getAttribute("d").endsWith("Z"));
    }

    @Test
    void theTopOfTheAxisIsRoundAndNotBelowTheData() throws Exception {
        Document svg = draw(chart(Chart.Kind.BAR, 14_321));
        List<String> labels = new ArrayList<>();
        for (Element label : ofClass(svg, "text", "chart-label")) {
            labels.add(label.getTextContent());
        }
        assertTrue(labels.contains("0"), labels.toString());
        assertTrue(labels.contains("15k"), labels.toString());
        assertTrue(number(ofClass(svg, "rect", "chart-bar").getFirst(), "y") >= 12, "no bar above the drawing");
    }

    @Test
    void itSpeaksToScreenReadersAndHintsEachValue() throws Exception {
        Document svg = draw(chart(Chart.Kind.BAR, 3, 9, 4));
        Element root = svg.getDocumentElement();
        assertEquals("img", root.getAttribute("role"));
        assertEquals(
                "Requests. 3 values; highest 9 requests at slot 1; latest 4 requests.",
                root.getAttribute("aria-label"));
        assertEquals(
                "slot 1: 9 requests", ofClass(svg, "rect", "chart-hint").get(1).getTextContent());
    }

    @Test
    void labelsDoNotOverlapHoweverManySlotsThereAre() throws Exception {
        double[] values = new double[720];
        java.util.Arrays.fill(values, 1);
        Document svg = draw(chart(Chart.Kind.LINE, values));
        double before = Double.NEGATIVE_INFINITY;
        for (Element label : ofClass(svg, "text", "chart-label")) {
            if (label.getAttribute("text-anchor").equals("middle")) {
                double x = number(label, "x");
                assertTrue(x - before > 40, "labels at " + before + " and " + x);
                before = x;
            }
        }
    }

    @Test
    void hostileTextStaysText() throws Exception {
        Chart chart = new Chart(
                "</svg><script>alert(1)</script>",
                "x",
                Chart.Kind.BAR,
                List.of(new Chart.Slot("<b>", "\"'&", 1, "<i>")));
        Document svg = draw(chart);
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertEquals("\"'&: <i>", ofClass(svg, "rect", "chart-hint").getFirst().getTextContent());
    }

    @Test
    void emptyAndImpossibleDataIsRecognised() {
        assertTrue(chart(Chart.Kind.BAR).empty());
        assertTrue(chart(Chart.Kind.BAR, 0, 0).empty());
        assertFalse(chart(Chart.Kind.BAR, 0, 1).empty());
        assertEquals("No data.", ChartSvg.summary(chart(Chart.Kind.BAR)));
        assertThrows(IllegalArgumentException.class, () -> chart(Chart.Kind.BAR, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> chart(Chart.Kind.BAR, new double[Chart.SLOTS_MAX + 1]));
    }

    private static Chart chart(Chart.Kind kind, double... values) {
        List<Chart.Slot> slots = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            slots.add(new Chart.Slot("s" + i, "slot " + i, values[i], Math.round(values[i]) + " requests"));
        }
        return new Chart("Requests", "Requests", kind, slots);
    }

    /** Parsing proves that the markup is well-formed. */
    private static Document draw(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(ChartSvg.draw(chart, 720, 240))));
    }

    private static List<Element> ofClass(Document svg, String tag, String name) {
        NodeList all = svg.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element element
                    && element.getAttribute("class").equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
