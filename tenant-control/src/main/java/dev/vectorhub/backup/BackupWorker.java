package dev.vectorhub.backup;

import com.google.protobuf.ByteString;
import dev.vectorhub.collection.Alias;
import dev.vectorhub.collection.AliasService;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and deletes the files of backups, one at a time in each process. A worker that dies leaves a lease that runs out;
 * the next one begins the file anew.
 */
@Singleton
public class BackupWorker {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWorker.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);
    private static final int TRIES_MAX = 5;
    private static final int ERROR_CHARS_MAX = 1000;

    private final Scoped scoped;
    private final CollectionService collections;
    private final AliasService aliases;
    private final Supplier<EngineClient> engine;
    private final BackupFolder folder;
    private final Clock clock;

    @Inject
    BackupWorker(
            Scoped scoped,
            CollectionService collections,
            AliasService aliases,
            Instance<EngineClient> engine,
            BackupFolder folder,
            Clock clock) {
        this.scoped = scoped;
        this.collections = collections;
        this.aliases = aliases;
        this.engine = engine::get;
        this.folder = folder;
        this.clock = clock;
    }

    /** Does what is due; answers how much that was. */
    public int runOnce() {
        scoped.doAsSystem(tx -> BackupRows.startDeletingOfErased(tx, clock.instant()));
        int done = 0;
        for (Optional<Backup> due = claim(); due.isPresent(); due = claim()) {
            work(due.get());
            done++;
        }
        return done;
    }

    private Optional<Backup> claim() {
        Instant now = clock.instant();
        return scoped.asSystem(tx -> BackupRows.claim(tx, now, now.plus(LEASE)));
    }

    private void work(Backup backup) {
        try {
            if (backup.state() == Backup.State.DELETING) {
                folder.delete(backup);
                scoped.doAsSystem(tx -> BackupRows.remove(tx, backup.id()));
            } else {
                write(backup);
            }
        } catch (IOException | EngineException e) {
            LOG.warn("backup {} of tenant {} failed: {}", backup.id(), backup.tenant(), e.toString());
            failed(backup, String.valueOf(e.getMessage()));
        }
    }

    private void failed(Backup backup, String error) {
        String shown = error.length() > ERROR_CHARS_MAX ? error.substring(0, ERROR_CHARS_MAX) : error;
        Backup.State next = backup.state() == Backup.State.DELETING
                ? Backup.State.DELETING
                : backup.attempts() < TRIES_MAX ? Backup.State.REQUESTED : Backup.State.FAILED;
        Instant due =
                next == Backup.State.FAILED ? clock.instant() : clock.instant().plus(Outbox.backoff(backup.attempts()));
        scoped.doAsSystem(tx -> BackupRows.failed(tx, backup.id(), next, shown, due));
    }

    private void write(Backup backup) throws IOException {
        TenantId tenant = backup.tenant();
        List<CollectionHandle> there = collections.list(tenant);
        List<Alias> names = aliases.list(tenant);
        BackupRequest.Builder request = BackupRequest.newBuilder()
                .setTenant(EngineIds.bytes(tenant.value()))
                .setNote(BackupNote.of(there, names).encode());
        there.forEach(collection -> request.addCollections(EngineIds.bytes(collection.id())));
        long expected = logicalBytes(request.getTenant());
        Path file = folder.toWrite(backup, expected);
        Progress progress = new Progress(backup, expected);
        // an engine takes no collections for all of them, and those that are not in the catalog have no name
        BackupReader.Summary held = engine.get().backup(request.build(), file, progress::written);
        String sha256 = BackupFolder.sha256(file);
        boolean kept = scoped.asSystem(tx -> BackupRows.ready(tx, backup.id(), held, sha256, clock.instant()));
        if (!kept) {
            folder.delete(backup);
        }
    }

    private long logicalBytes(ByteString tenant) {
        var stats = engine.get()
                .tenantStats(TenantStatsRequest.newBuilder().setTenant(tenant).build());
        return stats.getTenantsCount() == 0 ? 0 : stats.getTenants(0).getLogicalBytes();
    }

    /** Tells the database now and then how far the file is, which also keeps the lease. */
    private final class Progress {
        private final Backup backup;
        private final long expected;
        private Instant told = Instant.MIN;

        Progress(Backup backup, long expected) {
            this.backup = backup;
            this.expected = expected;
        }

        void written(long bytes) {
            Instant now = clock.instant();
            if (told.isBefore(now.minus(TOLD_EVERY))) {
                told = now;
                scoped.doAsSystem(tx -> BackupRows.progress(tx, backup.id(), bytes, expected, now.plus(LEASE)));
            }
        }
    }
}
