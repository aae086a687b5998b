package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Rehearsal;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Opens collections that have a graph once the store has started, so that the first query does not wait until all of their
 * bytes are checked. As many as may be open without one being closed for it; who comes earlier opens what it needs itself.
 * Small ones open fast, and their tenants sleep on.
 */
final class EarlyOpening {
    private static final System.Logger LOG = System.getLogger(EarlyOpening.class.getName());

    private final Registry registry;
    private final List<LiveCollection> opened = new ArrayList<>();
    private volatile boolean closed;

    EarlyOpening(Registry registry) {
        this.registry = registry;
    }

    void run() {
        for (UUID id : registry.catalog().ids()) {
            if (closed) {
                return;
            }
            try {
                TenantRecord record = registry.catalog().find(id);
                if (record != null && record.collections().stream().anyMatch(this::isWanted)) {
                    open(record);
                }
            } catch (RuntimeException e) {
                // whoever needs it is told, or opens it
                LOG.log(Level.DEBUG, "Tenant " + id + " is not opened early", e);
            }
        }
    }

    /** {@linkplain Rehearsal Rehearses} with what was opened: to be called once, after {@link #run}, behind others. */
    void rehearse() {
        for (LiveCollection collection : opened) {
            try {
                Rehearsal.run(
                        collection,
                        read -> registry.read(collection.tenant(), collection.id(), read),
                        () -> closed || !collection.isOpen());
            } catch (RuntimeException e) {
                // it may be gone by now
                LOG.log(Level.DEBUG, "Collection " + collection.id() + " is not rehearsed with", e);
            }
        }
        opened.clear();
    }

    /** Has {@link #run} and {@link #rehearse} return with the collection that they are at. */
    void close() {
        closed = true;
    }

    private void open(TenantRecord record) {
        Tenant tenant = registry.tenant(record.tenant());
        if (tenant == null || tenant.quarantine() != null) {
            return;
        }
        for (CollectionEntry entry : record.collections()) {
            LiveCollection collection = tenant.collection(entry.record().collection());
            if (!closed && collection != null && isWanted(entry) && isLarge(collection)) {
                collection.ensureLoaded();
                opened.add(collection);
            }
        }
    }

    /** By what the catalog knows, without a look at a file. */
    private boolean isWanted(CollectionEntry entry) {
        CollectionConfig config = entry.record().config();
        return registry.around().residency().hasRoom(entry.diskBytes())
                && config.vectors().stream()
                        .anyMatch(vector -> !vector.isRemoved()
                                && entry.record().points()
                                        >= vector.hnsw()
                                                .orElse(config.hnsw())
                                                .orElse(registry.around()
                                                        .settings()
                                                        .hnsw())
                                                .fullScanThreshold());
    }

    private static boolean isLarge(LiveCollection collection) {
        return collection.quarantined() == null && !collection.isOpen() && collection.hasGraph();
    }
}
