package dev.vectorhub.engine.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How long somebody waits for reads: for a time, and until they go away. Holds for the reads of an {@link EngineTransport} that are
 * made within {@link #during}, on the same thread. One whose caller waits no longer ends soon, with {@code CANCELLED}.
 */
public final class Patience {
    private static final BooleanSupplier STAYS = () -> false;
    private static final Patience ENDLESS = new Patience(Long.MAX_VALUE, STAYS);
    private static final ScopedValue<Patience> CURRENT = ScopedValue.newInstance();

    private final long begin = System.nanoTime();
    private final long nanos;
    private final BooleanSupplier gone;

    private Patience(long nanos, BooleanSupplier gone) {
        this.nanos = nanos;
        this.gone = gone;
    }

    /**
     * From now on.
     *
     * @param seconds 0 for as long as it takes
     * @param gone whether the caller went away; asked often, by the thread that reads
     */
    public static Patience of(long seconds, BooleanSupplier gone) {
        return new Patience(seconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds), gone);
    }

    /** That of the reads of this thread. */
    public static Patience current() {
        return CURRENT.orElse(ENDLESS);
    }

    /** Reads with this patience. */
    public <T> T during(Supplier<T> read) {
        return ScopedValue.where(CURRENT, this).call(read::get);
    }

    /** How long it lasts at most; 0 when it is over. */
    public long nanosLeft() {
        return gone.getAsBoolean() ? 0 : Math.max(0, nanos - (System.nanoTime() - begin));
    }

    public boolean isOver() {
        return nanosLeft() == 0;
    }
}
