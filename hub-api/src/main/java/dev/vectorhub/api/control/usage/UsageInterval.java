package dev.vectorhub.api.control.usage;

import dev.vectorhub.api.control.Params;
import dev.vectorhub.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whole hours, half open. */
record UsageInterval(Instant from, Instant to) {

    private static final Duration DEFAULT = Duration.ofDays(30);
    private static final Duration MAX = Duration.ofDays(400);

    /** What is not given: until the end of the running hour, and 30 days of it. */
    static UsageInterval of(@Nullable String from, @Nullable String to, Instant now) {
        Instant end = Params.instant("to", to);
        Instant until = ceiling(end == null ? now.plusMillis(1) : end);
        Instant begin = Params.instant("from", from);
        Instant since = begin == null ? until.minus(DEFAULT) : begin.truncatedTo(ChronoUnit.HOURS);
        if (!since.isBefore(until)) {
            throw ProblemException.validation("from", "must lie before to");
        }
        if (Duration.between(since, until).compareTo(MAX) > 0) {
            throw ProblemException.validation("from", "must lie at most " + MAX.toDays() + " days before to");
        }
        return new UsageInterval(since, until);
    }

    private static Instant ceiling(Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(at) ? at : hour.plus(Duration.ofHours(1));
    }
}
