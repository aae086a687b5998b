package dev.vectorhub.console.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How far a chart looks back, in buckets of equal width that start on UTC boundaries. */
public enum Period {
    DAY("24 hours", Duration.ofHours(24), Duration.ofHours(1)),
    WEEK("7 days", Duration.ofDays(7), Duration.ofHours(6)),
    MONTH("30 days", Duration.ofDays(30), Duration.ofDays(1));

    private final String label;
    private final Duration length;
    private final Duration bucket;

    Period(String label, Duration length, Duration bucket) {
        this.label = label;
        this.length = length;
        this.bucket = bucket;
    }

    public String label() {
        return label;
    }

    public Duration bucket() {
        return bucket;
    }

    /** End of the bucket that contains now: the running one is shown too. */
    public Instant to(Instant now) {
        long width = bucket.toSeconds();
        return Instant.ofEpochSecond(
                (Math.floorDiv(now.truncatedTo(ChronoUnit.SECONDS).getEpochSecond(), width) + 1) * width);
    }

    public Instant from(Instant now) {
        return to(now).minus(length);
    }

    /** The period that a URL names, {@link #DAY} for anything else. */
    public static Period of(String name) {
        for (Period period : values()) {
            if (period.urlName().equals(name)) {
                return period;
            }
        }
        return DAY;
    }

    public String urlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
