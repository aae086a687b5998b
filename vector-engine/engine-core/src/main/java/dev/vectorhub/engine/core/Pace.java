package dev.vectorhub.engine.core;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Ends a read that nobody waits for any longer. Whatever goes over many points counts its steps here; now and then that asks
 * whether the read was given up. For one thread.
 */
public final class Pace {
    /** Between two questions; a step takes up to a microsecond. */
    private static final int STEPS = 1024;

    private static final BooleanSupplier NEVER = () -> false;
    private static final ScopedValue<BooleanSupplier> GIVEN_UP = ScopedValue.newInstance();

    private final BooleanSupplier givenUp;
    private int left = STEPS;

    private Pace(BooleanSupplier givenUp) {
        this.givenUp = givenUp;
    }

    /** What nobody gives up. */
    public static Pace steady() {
        return new Pace(NEVER);
    }

    /**
     * Of the read that this thread is at.
     *
     * @throws StoreException {@code CANCELLED} if it was given up
     */
    public static Pace current() {
        Pace pace = new Pace(GIVEN_UP.orElse(NEVER));
        pace.ask();
        return pace;
    }

    /**
     * Reads until it is given up.
     *
     * @throws StoreException {@code CANCELLED} then
     */
    public static <T> T until(BooleanSupplier givenUp, Supplier<T> read) {
        return ScopedValue.where(GIVEN_UP, givenUp).call(read::get);
    }

    /**
     * Counts steps: comparisons with a vector, payloads that are read.
     *
     * @throws StoreException {@code CANCELLED} if the read was given up
     */
    public void step(int steps) {
        left -= steps;
        if (left <= 0) {
            ask();
        }
    }

    private void ask() {
        left = STEPS;
        if (givenUp.getAsBoolean()) {
            throw new StoreException(StoreException.Code.CANCELLED, "nobody waits for the answer any longer");
        }
    }
}
