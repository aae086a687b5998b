package dev.vectorhub.console.chart;

import java.util.List;

/**
 * What a chart shows: a title, what is counted, and one value for each slot of the horizontal axis.
 *
 * @param title what the chart is about, as its heading and accessible name
 * @param unit what a value counts ({@code requests}), as the heading of the value column
 * @param kind line for flows over time, bars for amounts of separate periods
 * @param slots oldest first, at most {@value #SLOTS_MAX}; more is an error of ours
 */
public record Chart(String title, String unit, Kind kind, List<Slot> slots) {
    /** More marks than this are not readable in the width that a chart has. */
    public static final int SLOTS_MAX = 1_000;

    /** How values are drawn. */
    public enum Kind {
        LINE,
        BAR
    }

    /**
     * One value.
     *
     * @param label on the axis, short ({@code 14:00})
     * @param when in the table and the hint, complete ({@code 23 Nov 2026, 14:00 UTC})
     * @param value not negative
     * @param text the value as a person reads it
     */
    public record Slot(String label, String when, double value, String text) {
        public Slot {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("a chart's value must be finite and not negative: " + value);
            }
        }
    }

    public Chart {
        slots = List.copyOf(slots);
        if (slots.size() > SLOTS_MAX) {
            throw new IllegalArgumentException("a chart holds at most " + SLOTS_MAX + " slots, got " + slots.size());
        }
    }

    /** Whether there is nothing to draw: no slot, or zeros only. */
    public boolean empty() {
        for (Slot slot : slots) {
            if (slot.value() > 0) {
                return false;
            }
        }
        return true;
    }
}
