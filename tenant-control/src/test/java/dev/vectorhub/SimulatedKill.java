package dev.vectorhub;

import java.io.Serial;

/** Ends a piece of work as a killed process would: nothing that handles exceptions sees it. */
public final class SimulatedKill extends Error {
    @Serial
    private static final long serialVersionUID = 1L;

    public SimulatedKill(String point) {
        super("killed at " + point);
    }
}
