package dev.vectorhub.console.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a key is to live, as the dialog offers it. */
public enum KeyLifetime {
    DAYS_30("in 30 days", Duration.ofDays(30)),
    DAYS_90("in 90 days", Duration.ofDays(90)),
    YEAR("in a year", Duration.ofDays(365)),
    NEVER("never", null);

    private final String label;
    private final @Nullable Duration duration;

    KeyLifetime(String label, @Nullable Duration duration) {
        this.label = label;
        this.duration = duration;
    }

    public String label() {
        return label;
    }

    /** The instant from which on the key is refused; null for never. */
    public @Nullable Instant expiry(Instant now) {
        return duration == null ? null : now.plus(duration);
    }
}
