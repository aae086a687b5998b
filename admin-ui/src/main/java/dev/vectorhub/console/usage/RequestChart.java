package dev.vectorhub.console.usage;

import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.console.chart.Chart;
import dev.vectorhub.console.format.Times;
import dev.vectorhub.console.format.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests over time as a chart. */
public final class RequestChart {
    private RequestChart() {}

    public static Chart of(List<RequestPoint> points, Period period) {
        List<Chart.Slot> slots = new ArrayList<>(points.size());
        boolean hours = period.bucket().compareTo(Duration.ofHours(1)) <= 0;
        boolean days = period.bucket().compareTo(Duration.ofDays(1)) >= 0;
        for (RequestPoint point : points) {
            slots.add(new Chart.Slot(
                    hours ? Times.hour(point.at()) : Times.day(point.at()),
                    days ? Times.date(point.at()) : Times.absolute(point.at()),
                    Math.max(0, point.requests()),
                    Units.plural(point.requests(), "request", "requests")));
        }
        return new Chart(
                "Requests, last " + period.label(),
                "Requests",
                period == Period.DAY ? Chart.Kind.BAR : Chart.Kind.LINE,
                slots);
    }

    /** Sum of all buckets. */
    public static long total(List<RequestPoint> points) {
        long total = 0;
        for (RequestPoint point : points) {
            total += point.requests();
        }
        return total;
    }
}
