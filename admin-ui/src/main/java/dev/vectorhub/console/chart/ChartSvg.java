package dev.vectorhub.console.chart;

import dev.vectorhub.console.format.Units;
import java.util.List;
import java.util.Locale;

/**
 * Draws a {@link Chart} as one SVG element. Colours come from the stylesheet (classes {@code chart-*}), so a chart
 * follows light and dark mode; everything else is in the element, so it needs no script.
 */
public final class ChartSvg {
    private static final int LEFT = 48;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;
    /** Space that one label of the horizontal axis needs. */
    private static final int LABEL_WIDTH = 74;

    private ChartSvg() {}

    /**
     * Draws the chart.
     *
     * @param width of the drawing in CSS pixels at full size; it scales down with its container
     * @return an {@code <svg>} whose accessible name is the title and whose description sums the data up
     */
    public static String draw(Chart chart, int width, int height) {
        List<Chart.Slot> slots = chart.slots();
        double max = 0;
        for (Chart.Slot slot : slots) {
            max = Math.max(max, slot.value());
        }
        Scale scale = Scale.of(max);
        Plane plane = new Plane(width, height, scale, Math.max(1, slots.size()));
        StringBuilder svg = new StringBuilder(4_096);
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"%s\">",
                width,
                height,
                escape(chart.title() + ". " + summary(chart))));
        grid(svg, plane, scale);
        axis(svg, plane, slots);
        if (chart.kind() == Chart.Kind.LINE) {
            line(svg, plane, slots);
        } else {
            bars(svg, plane, slots);
        }
        hints(svg, plane, slots);
        return svg.append("</svg>").toString();
    }

    /** One sentence for who does not see the drawing: how many values, the highest and the latest. */
    static String summary(Chart chart) {
        if (chart.slots().isEmpty()) {
            return "No data.";
        }
        Chart.Slot highest = chart.slots().getFirst();
        for (Chart.Slot slot : chart.slots()) {
            highest = slot.value() > highest.value() ? slot : highest;
        }
        Chart.Slot last = chart.slots().getLast();
        return "%d values; highest %s at %s; latest %s."
                .formatted(chart.slots().size(), highest.text(), highest.when(), last.text());
    }

    /** Text made safe as content or quoted attribute of markup. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private static void grid(StringBuilder svg, Plane plane, Scale scale) {
        for (int i = 0; i <= scale.steps(); i++) {
            double value = i * scale.step();
            double y = plane.y(value);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"chart-%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"chart-label\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    i == 0 ? "base" : "grid",
                    LEFT,
                    plane.width - RIGHT,
                    y,
                    y,
                    LEFT - 8,
                    y + 4,
                    Units.shortCount(value)));
        }
    }

    private static void axis(StringBuilder svg, Plane plane, List<Chart.Slot> slots) {
        int every = Math.max(1, (int) Math.ceil((double) slots.size() * LABEL_WIDTH / plane.innerWidth()));
        for (int i = 0; i < slots.size(); i += every) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"chart-label\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    plane.middle(i),
                    plane.height - 6,
                    escape(slots.get(i).label())));
        }
    }

    private static void line(StringBuilder svg, Plane plane, List<Chart.Slot> slots) {
        if (slots.isEmpty()) {
            return;
        }
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < slots.size(); i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    i == 0 ? "M" : "L",
                    plane.middle(i),
                    plane.y(slots.get(i).value())));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"chart-area\" d=\"%sL%.1f %.1fL%.1f %.1fZ\"/>",
                points,
                plane.middle(slots.size() - 1),
                plane.y(0),
                plane.middle(0),
                plane.y(0)));
        svg.append("<path class=\"chart-line\" d=\"").append(points).append("\"/>");
    }

    private static void bars(StringBuilder svg, Plane plane, List<Chart.Slot> slots) {
        double bar = Math.max(1, Math.min(36, plane.slotWidth() * 0.68));
        for (int i = 0; i < slots.size(); i++) {
            double value = slots.get(i).value();
            if (value <= 0) {
                continue;
            }
            double height = Math.max(1.5, plane.y(0) - plane.y(value));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"chart-bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>",
                    plane.middle(i) - bar / 2,
                    plane.y(0) - height,
                    bar,
                    height,
                    Math.min(2.5, bar / 4)));
        }
    }

    /** Invisible columns over the whole height that show the slot's value when the pointer rests on them. */
    private static void hints(StringBuilder svg, Plane plane, List<Chart.Slot> slots) {
        for (int i = 0; i < slots.size(); i++) {
            Chart.Slot slot = slots.get(i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"chart-hint\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
                    plane.middle(i) - plane.slotWidth() / 2,
                    TOP,
                    plane.slotWidth(),
                    plane.innerHeight(),
                    escape(slot.when() + ": " + slot.text())));
        }
    }

    /** Maps slots and values to coordinates. */
    private record Plane(int width, int height, Scale scale, int slots) {
        int innerWidth() {
            return width - LEFT - RIGHT;
        }

        int innerHeight() {
            return height - TOP - BOTTOM;
        }

        double slotWidth() {
            return (double) innerWidth() / slots;
        }

        double middle(int slot) {
            return LEFT + (slot + 0.5) * slotWidth();
        }

        double y(double value) {
            return TOP + innerHeight() * (1 - value / scale.top());
        }
    }
}
