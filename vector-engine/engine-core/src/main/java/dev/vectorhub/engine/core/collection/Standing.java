package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreException;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a collection can be served, and what it has come to if not. Written under the collection's lock, but for damage. */
final class Standing {
    private static final System.Logger LOG = System.getLogger(Standing.class.getName());

    private final UUID collection;
    private volatile @Nullable StoreException fault;
    private volatile boolean broken;
    private volatile boolean dropped;
    private volatile boolean closed;
    private volatile boolean retired;

    Standing(UUID collection) {
        this.collection = collection;
    }

    /** What it is quarantined for. */
    @Nullable
    StoreException fault() {
        return fault;
    }

    boolean isSound() {
        return fault == null && !dropped;
    }

    boolean isDropped() {
        return dropped;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether only the log has the state whole. */
    boolean isBroken() {
        return broken && !dropped;
    }

    /** Throws if files are damaged or a command failed half-way. */
    void requireSound() {
        StoreException current = fault;
        if (current != null) {
            throw again(current);
        }
    }

    /** Throws if nothing may be opened. */
    void requireOpen() {
        requireSound();
        if (dropped) {
            throw StoreException.notFound("collection " + collection + " does not exist");
        }
        if (closed) {
            throw new StoreException(StoreException.Code.UNAVAILABLE, "the store is closed");
        }
        if (retired) {
            throw new RetiredException();
        }
    }

    /** @return to be thrown by who found the damage */
    StoreException quarantine(StoreException damage) {
        LOG.log(Level.ERROR, "Collection " + collection + " is quarantined: " + damage.getMessage());
        fault = damage;
        return again(damage);
    }

    void breakOff(StoreException failure) {
        broken = true;
        fault = failure;
    }

    void drop() {
        dropped = true;
    }

    void close() {
        closed = true;
    }

    void setRetired(boolean value) {
        retired = value;
    }

    /** A stack trace of the thread that asks, not of the one that found the damage. */
    private static StoreException again(StoreException fault) {
        return new StoreException(fault.code(), String.valueOf(fault.getMessage()), fault);
    }
}
