package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.FileCheck;
import dev.vectorhub.engine.core.collection.FileSweep;
import dev.vectorhub.engine.core.collection.LiveCollection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all tenants in the background. The first round removes what a crash left in the directories of tenants that the
 * log did not touch since. All rounds read every stored byte and compare checksums, so that damage is found while there is
 * still a backup without it: at a bounded rate, and a round begins once a day at most.
 */
final class Scrub {
    private static final System.Logger LOG = System.getLogger(Scrub.class.getName());

    private final Registry registry;
    private final Checkpoints checkpoints;
    private final IdleTenants idle;
    private final long bytesPerSecond;
    private final long roundMillis;
    private volatile boolean swept;
    private final CountDownLatch closed = new CountDownLatch(1);

    Scrub(Registry registry, Checkpoints checkpoints, IdleTenants idle, long bytesPerSecond, long roundMillis) {
        this.registry = registry;
        this.checkpoints = checkpoints;
        this.idle = idle;
        this.bytesPerSecond = bytesPerSecond;
        this.roundMillis = roundMillis;
    }

    /** Whether what a crash left is gone. */
    boolean hasSwept() {
        return swept;
    }

    /** Until it is closed. */
    void run() {
        try {
            forEachOwnHome(this::sweep);
            swept = true;
            while (!closed.await(roundMillis, TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            swept = true;
        }
    }

    /** Has {@link #run} return soon. No interrupt: it would close the files that are being read. */
    void close() {
        closed.countDown();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Reads everything once. */
    void round() throws InterruptedException {
        for (UUID id : registry.catalog().ids()) {
            Tenant tenant = isClosed() ? null : find(id);
            if (tenant != null) {
                for (LiveCollection collection : tenant.collections()) {
                    pace(FileCheck.check(collection));
                }
                idle.letGo(tenant);
            }
        }
    }

    private void pace(long bytes) throws InterruptedException {
        if (bytes > 0) {
            closed.await(Math.max(1, bytes * 1000 / bytesPerSecond), TimeUnit.MILLISECONDS);
        }
    }

    private interface Visit {
        void visit(Tenant tenant) throws IOException;
    }

    private void forEachOwnHome(Visit visit) {
        for (UUID id : registry.catalog().ids()) {
            if (isClosed() || !hasFiles(id)) {
                continue;
            }
            Tenant tenant = find(id);
            if (tenant != null) {
                checkpoints.between(() -> {
                    try {
                        visit.visit(tenant);
                    } catch (IOException | StoreException e) {
                        LOG.log(Level.WARNING, "What a crash may have left of tenant " + id + " stays", e);
                    }
                });
                idle.letGo(tenant);
            }
        }
    }

    private boolean hasFiles(UUID id) {
        var record = registry.catalog().find(id);
        return record != null
                && (record.mode() == IsolationMode.STORAGE
                        || record.collections().stream().anyMatch(entry -> !entry.packed()));
    }

    private @Nullable Tenant find(UUID id) {
        Tenant tenant = registry.catalog().damage(id) == null ? registry.tenant(id) : null;
        return tenant == null || tenant.quarantine() != null ? null : tenant;
    }

    private void sweep(Tenant tenant) throws IOException {
        for (LiveCollection collection : tenant.collections()) {
            if (!collection.home().packed() && !collection.isDropped()) {
                sweep(collection);
            }
        }
        Path directory = registry.around().layout().tenant(tenant.id());
        for (String part : List.of("collections", "indexes")) {
            if (Files.isDirectory(directory.resolve(part), LinkOption.NOFOLLOW_LINKS)) {
                registry.eraseStrays(tenant, directory.resolve(part));
            }
        }
    }

    private static void sweep(LiveCollection collection) throws IOException {
        try {
            FileSweep.sweep(collection);
        } catch (StoreException e) {
            collection.quarantine(e);
            throw e;
        }
    }
}
