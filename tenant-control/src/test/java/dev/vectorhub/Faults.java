package dev.vectorhub;

/** Kills the work at the n-th point that it passes; each effect outside of the process has one before and one after it. */
public final class Faults {
    private int remaining;
    private boolean armed;

    /**
     * Kills at a point.
     *
     * @param point 1 is the next one
     */
    public synchronized void arm(int point) {
        remaining = point;
        armed = true;
    }

    public synchronized void disarm() {
        armed = false;
    }

    public synchronized void pass(String name) {
        if (armed && --remaining == 0) {
            armed = false;
            throw new SimulatedKill(name);
        }
    }

    /** Runs the work and tells whether it was killed. */
    public boolean kills(Runnable work) {
        try {
            work.run();
            return false;
        } catch (SimulatedKill e) {
            return true;
        } finally {
            disarm();
        }
    }
}
