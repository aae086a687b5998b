package dev.vectorhub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that the test moves. Begins at the real time, because rows beside it carry real times too. */
public final class TestClock extends Clock {
    // Microseconds are what PostgreSQL keeps.
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.ofEpochMilli(System.currentTimeMillis()));

    public void advance(Duration step) {
        now.updateAndGet(time -> time.plus(step));
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
