package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.FileSweep;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.Slabs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Keeps slabs worth their space: those that hold more garbage than data are emptied by the checkpoints that follow. */
final class SlabKeeping {
    /** Collections that one checkpoint moves besides those that changed: bounds what it adds to the applying thread. */
    private static final int MOVERS_MAX = 256;

    private final Registry registry;
    private volatile Set<Long> leaving = Set.of();
    private volatile List<Mover> movers = List.of();

    private record Mover(UUID tenant, UUID collection) {}

    SlabKeeping(Registry registry) {
        this.registry = registry;
    }

    /** Slabs whose parts are written elsewhere when their collection is. */
    Set<Long> leaving() {
        return leaving;
    }

    /** Collections to be moved out of them now. */
    List<LiveCollection> movers() {
        List<LiveCollection> found = new ArrayList<>();
        for (Mover mover : movers) {
            try {
                LiveCollection collection = registry.collection(mover.tenant(), mover.collection());
                if (collection.ensureLoaded()) {
                    found.add(collection);
                }
            } catch (StoreException e) {
                // gone, or in quarantine: it stays where it is
            }
        }
        return found;
    }

    /**
     * Removes what nothing refers to, and looks for what the next checkpoint should empty. The order of the looks matters: a
     * slab that is settled by now is referred to by a view or a record.
     */
    void sweep() throws IOException {
        Catalog catalog = registry.catalog();
        if (!catalog.damages().isEmpty()) {
            return;
        }
        Slabs slabs = registry.around().slabs();
        Set<Long> settled = slabs.settledSlabs();
        Map<Long, Long> live = catalog.slabBytes();
        Set<Long> referred = new HashSet<>(live.keySet());
        for (Tenant tenant : registry.awake()) {
            for (LiveCollection collection : tenant.collections()) {
                if (collection.home().packed()) {
                    referred.addAll(FileSweep.viewFiles(collection));
                }
            }
        }
        slabs.sweep(settled, referred);
        settled.retainAll(referred);
        Set<Long> next = slabs.leaving(settled, live);
        movers = next.isEmpty() ? List.of() : moversOf(catalog, next);
        leaving = next;
    }

    private static List<Mover> moversOf(Catalog catalog, Set<Long> slabs) {
        List<Mover> found = new ArrayList<>();
        catalog.forEach(tenant -> {
            for (CollectionEntry entry : tenant.collections()) {
                if (found.size() < MOVERS_MAX && entry.packed()) {
                    Map<Long, Long> bytes = new HashMap<>();
                    Slabs.count(entry.record(), bytes);
                    if (bytes.keySet().stream().anyMatch(slabs::contains)) {
                        found.add(new Mover(tenant.tenant(), entry.record().collection()));
                    }
                }
            }
        });
        return found;
    }
}
