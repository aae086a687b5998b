package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Residency;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Closes collections that nobody uses, and lets tenants go that have none open. What has a graph takes tenths of a second to open
 * again: it stays open until {@link Residency} asks for room.
 */
final class IdleTenants {
    private static final System.Logger LOG = System.getLogger(IdleTenants.class.getName());

    private final Registry registry;
    private final Checkpoints checkpoints;
    private final Consumer<Runnable> exclusively;

    /** @param exclusively runs a task while no command does */
    IdleTenants(Registry registry, Checkpoints checkpoints, Consumer<Runnable> exclusively) {
        this.registry = registry;
        this.checkpoints = checkpoints;
        this.exclusively = exclusively;
    }

    /** Closes what was not used for so long. A tenant that cannot be closed keeps none of the others open. */
    void close(long idleNanos) {
        long now = System.nanoTime();
        for (Tenant tenant : registry.awake()) {
            try {
                close(tenant, now, idleNanos);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "cannot close what nobody uses of tenant " + tenant.id(), e);
            }
        }
    }

    private void close(Tenant tenant, long now, long idleNanos) {
        boolean idle = true;
        for (LiveCollection collection : tenant.collections()) {
            boolean kept = collection.isOpen() && collection.hasGraph();
            if (kept || now - collection.lastUsedNanos() < idleNanos) {
                idle = false;
            } else {
                collection.unload();
            }
        }
        if (idle) {
            letGo(tenant);
        }
    }

    private record Use(LiveCollection collection, long lastUsedNanos) {}

    /** Closes the least recently used collections until what is open is within its bounds. */
    void trim(Residency residency) {
        try {
            List<Use> open = new ArrayList<>();
            for (Tenant tenant : registry.awake()) {
                for (LiveCollection collection : tenant.collections()) {
                    if (collection.isOpen()) {
                        open.add(new Use(collection, collection.lastUsedNanos()));
                    }
                }
            }
            long now = System.nanoTime();
            open.sort(Comparator.comparingLong(use -> use.lastUsedNanos() - now));
            for (Use use : open) {
                if (!residency.isOver()) {
                    return;
                }
                use.collection().unload();
            }
        } finally {
            residency.trimmed();
        }
    }

    /** Has only the catalog know the tenant, if nothing of it is in use or waits for a checkpoint. */
    void letGo(Tenant tenant) {
        exclusively.accept(() -> {
            if (checkpoints.isPending()
                    || tenant.isDropped()
                    || tenant.quarantine() != null
                    || registry.moving().has(tenant)
                    || registry.isChanged(tenant)) {
                return;
            }
            List<LiveCollection> retired = new ArrayList<>();
            for (LiveCollection collection : tenant.collections()) {
                if (!collection.retire()) {
                    retired.forEach(LiveCollection::unretire);
                    return;
                }
                retired.add(collection);
            }
            registry.forget(tenant);
        });
    }
}
