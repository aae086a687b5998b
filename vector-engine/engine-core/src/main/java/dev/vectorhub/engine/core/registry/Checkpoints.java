package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.Capture;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Move;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.StoreRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the state at one log index to disk, all of it or nothing.
 *
 * <p>{@link #begin} runs on the applying thread: it takes hold of the views of the collections that changed, which fixes the
 * state, and writes nothing. {@link CheckpointWrite#complete} runs on any thread.
 */
public final class Checkpoints {
    private final Registry registry;
    private final Surroundings around;
    private final SlabKeeping slabs;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile StoreRecord committed;
    private long attempted;
    private boolean pending;
    private boolean closed;

    Checkpoints(Registry registry, StoreRecord committed) {
        this.registry = registry;
        this.around = registry.around();
        this.slabs = new SlabKeeping(registry);
        this.committed = committed;
    }

    /** The log index of the last checkpoint. */
    public long durableIndex() {
        return committed.index();
    }

    /**
     * Fixes the state; on the applying thread, between log entries.
     *
     * @throws IllegalStateException if the checkpoint before is not completed yet
     */
    public CheckpointWrite begin(long index) {
        requireWhole();
        synchronized (this) {
            if (pending) {
                throw new IllegalStateException("the checkpoint before is still being written");
            }
            pending = true;
        }
        Changes changes = registry.takeChanges();
        List<Capture> captures = new ArrayList<>();
        try {
            capture(captures, registry.moving().begin());
            return new CheckpointWrite(
                    this,
                    index,
                    changes,
                    captures,
                    shapes(changes, captures),
                    registry.tombstones().list());
        } catch (RuntimeException | Error e) {
            giveUp(changes, captures);
            throw e;
        }
    }

    private void capture(List<Capture> captures, List<Move> moves) {
        Set<LiveCollection> collections = new HashSet<>(around.changed());
        around.changed().removeAll(collections);
        collections.addAll(slabs.movers());
        for (Move move : moves) {
            collections.remove(move.collection());
            captures.add(move.collection().capture(move));
        }
        for (LiveCollection collection : collections) {
            if (!collection.isDropped() && collection.quarantined() == null) {
                captures.add(collection.capture(null));
            }
        }
    }

    /** What the catalog will say of each tenant that changed, or of which a collection did. */
    private Map<Tenant, TenantShape> shapes(Changes changes, List<Capture> captures) {
        Map<Tenant, TenantShape> shapes = new LinkedHashMap<>();
        for (Tenant tenant : changes.tenants) {
            shapes.put(tenant, TenantShape.of(tenant));
        }
        for (Capture capture : captures) {
            Tenant tenant = registry.tenant(capture.collection().tenant());
            if (tenant != null) {
                shapes.computeIfAbsent(tenant, TenantShape::of);
            }
        }
        return shapes;
    }

    /** A collection that failed within a command has changes that only the log has whole: it must not be purged. */
    private void requireWhole() {
        for (LiveCollection collection : around.changed()) {
            StoreException fault = collection.quarantined();
            if (fault != null && collection.isBroken()) {
                throw new StoreException(
                        fault.code(), "no checkpoint until the store is reopened: " + fault.getMessage(), fault);
            }
        }
    }

    /** Whether a state is fixed and not written yet. */
    synchronized boolean isPending() {
        return pending;
    }

    /** Runs it while no checkpoint is being written. */
    void between(Runnable task) {
        writing.lock();
        try {
            task.run();
        } finally {
            writing.unlock();
        }
    }

    /** Waits for a checkpoint that is being written; later ones are refused. */
    void close() {
        between(() -> closed = true);
    }

    // ---- for the pending one

    ReentrantLock writing() {
        return writing;
    }

    Registry registry() {
        return registry;
    }

    SlabKeeping slabs() {
        return slabs;
    }

    StoreRecord committed() {
        return committed;
    }

    void commit(StoreRecord record) {
        committed = record;
    }

    void requireOpen() {
        if (closed) {
            throw new StoreException(StoreException.Code.UNAVAILABLE, "the store is closed");
        }
    }

    /** A number is never used twice: of a failed attempt it is not known how much reached the disk. */
    long nextNumber() {
        attempted = Math.max(committed.checkpoint(), attempted) + 1;
        return attempted;
    }

    void done(List<Capture> captures) {
        end(captures, true);
    }

    void giveUp(Changes changes, List<Capture> captures) {
        captures.forEach(capture -> capture.collection().captureFailed());
        registry.putBackLater(changes);
        end(captures, false);
    }

    private void end(List<Capture> captures, boolean committed) {
        captures.forEach(Capture::release);
        Moving.end(
                registry,
                captures.stream().map(Capture::move).filter(Objects::nonNull).toList(),
                committed);
        ended();
    }

    private synchronized void ended() {
        pending = false;
    }
}
