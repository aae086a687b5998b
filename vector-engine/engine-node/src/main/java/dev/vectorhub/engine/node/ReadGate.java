package dev.vectorhub.engine.node;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets closing wait for the reads that are running. Readers only add to a striped counter, so they do not wait for each
 * other.
 */
final class ReadGate {
    private static final long POLL_NANOS = 100_000;

    private final LongAdder inside = new LongAdder();
    private volatile boolean closed;

    /** True: the caller reads and then calls {@link #leave}. False: closed. */
    boolean tryEnter() {
        inside.increment();
        // LongAdder orders nothing: without the fence closing could miss this reader while the reader misses the
        // closing.
        VarHandle.fullFence();
        if (closed) {
            inside.decrement();
            return false;
        }
        return true;
    }

    void leave() {
        inside.decrement();
    }

    /** Lets nobody in any more and waits until everybody has left, or for so long. */
    boolean close(long waitMillis) {
        closed = true;
        VarHandle.fullFence();
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        while (inside.sum() > 0) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
