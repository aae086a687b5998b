package dev.vectorhub.billing.rating;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which plan a tenant had since when. A bill's smallest piece is an hour: an hour is priced by the plan that was in force
 * when it began, so a change counts from the next full hour on. Before the first plan there was none, and the first one
 * prices the hour that it came in.
 *
 * @param changes oldest first, at least one
 */
public record PlanHistory(List<Change> changes) {

    /** A plan from an instant on. */
    public record Change(Instant from, String planCode) {}

    /**
     * A part of an interval with one plan.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Stretch(Instant from, Instant to, String planCode) {}

    public PlanHistory {
        changes = changes.stream().sorted(Comparator.comparing(Change::from)).toList();
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a history has at least one plan");
        }
    }

    /** One plan for all time. */
    public static PlanHistory always(String planCode) {
        return new PlanHistory(List.of(new Change(Instant.EPOCH, planCode)));
    }

    /** The plan that prices the hour. */
    public String at(Instant hour) {
        String found = changes.getFirst().planCode();
        for (Change change : changes) {
            if (change.from().isAfter(hour.truncatedTo(ChronoUnit.HOURS))) {
                break;
            }
            found = change.planCode();
        }
        return found;
    }

    /** The stretches that make up [from, to), in order; they meet at full hours. */
    public List<Stretch> stretches(Instant from, Instant to) {
        List<Stretch> stretches = new ArrayList<>();
        Instant start = from;
        for (Change change : changes) {
            Instant counts = nextHour(change.from());
            if (counts.isAfter(start) && counts.isBefore(to)) {
                stretches.add(new Stretch(start, counts, at(start)));
                start = counts;
            }
        }
        if (start.isBefore(to)) {
            stretches.add(new Stretch(start, to, at(start)));
        }
        return List.copyOf(stretches);
    }

    private static Instant nextHour(Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(at) ? at : hour.plus(1, ChronoUnit.HOURS);
    }
}
