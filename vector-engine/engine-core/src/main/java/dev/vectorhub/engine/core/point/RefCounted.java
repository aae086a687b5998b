package dev.vectorhub.engine.core.point;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory that many readers share and the last one lets go. Begins with one reference, its maker's. The count never rises
 * again from zero.
 */
public abstract class RefCounted {
    private final AtomicInteger references = new AtomicInteger(1);

    /** Has an effect if it answers true: one more {@link #release} is owed. */
    public final boolean tryRetain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    /** For callers that hold a reference already. */
    public final void retain() {
        boolean retained = tryRetain();
        assert retained : "retained after its last release";
    }

    public final void release() {
        int left = references.decrementAndGet();
        assert left >= 0 : "released more often than retained";
        if (left == 0) {
            dispose();
        }
    }

    /** Called once, by the last {@link #release}. */
    protected abstract void dispose();
}
