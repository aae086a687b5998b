package dev.vectorhub.event;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells a cache whether what it holds of a tenant is older than the last news of that tenant.
 *
 * <p>A loader takes {@link #stamp()} <em>before</em> it reads the database and keeps it with the value; a hit counts only
 * while {@link #isFresh} says so. News that arrives while a load is under way therefore outdates its result, which
 * removing entries from a cache cannot promise. Tenants share stripes: a neighbour's news costs one reload, nothing else.
 */
public final class Freshness {
    // A power of two; 32 KiB. With 1000 changes a second an entry is reloaded needlessly every 4 s.
    private static final int STRIPES = 4096;

    private final AtomicLong news = new AtomicLong();
    private final AtomicLongArray lastOfStripe = new AtomicLongArray(STRIPES);
    private volatile long lastOfAll;

    public long stamp() {
        return news.get();
    }

    public boolean isFresh(UUID tenant, long stamp) {
        return lastOfAll <= stamp && lastOfStripe.get(stripe(tenant)) <= stamp;
    }

    public void changed(UUID tenant) {
        long number = news.incrementAndGet();
        lastOfStripe.accumulateAndGet(stripe(tenant), number, Math::max);
    }

    public synchronized void changedAll() {
        lastOfAll = news.incrementAndGet();
    }

    private static int stripe(UUID tenant) {
        long bits = tenant.getMostSignificantBits() ^ tenant.getLeastSignificantBits();
        // Ids of one millisecond differ in few bits: spread them.
        return (int) ((bits * 0x9E3779B97F4A7C15L) >>> 52) & (STRIPES - 1);
    }
}
