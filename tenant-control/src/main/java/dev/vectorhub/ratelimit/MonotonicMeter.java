package dev.vectorhub.ratelimit;

import io.github.bucket4j.TimeMeter;
import java.util.function.LongSupplier;

/** Bucket4j's clock from a monotonic one. */
record MonotonicMeter(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
