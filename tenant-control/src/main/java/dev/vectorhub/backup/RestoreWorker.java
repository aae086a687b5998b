package dev.vectorhub.backup;

import com.google.protobuf.ByteString;
import dev.vectorhub.collection.CollectionAdoption;
import dev.vectorhub.collection.CollectionAdoption.Adopted;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.DropCollection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.node.StoredBeside;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes backups' collections anew, one restore at a time in each process. The engine is filled first, under ids that follow
 * from restore and attempt; nobody can reach these until the catalog takes all of them at once. So an attempt that dies leaves
 * only what the next one knows how to drop.
 */
@Singleton
public class RestoreWorker {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreWorker.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);
    private static final Duration TENANT_LOOK = Duration.ofSeconds(1);
    private static final int TRIES_MAX = 3;
    private static final int ERROR_CHARS_MAX = 1000;

    private final Scoped scoped;
    private final TenantService tenants;
    private final QuotaService quotas;
    private final CollectionAdoption adoption;
    private final Supplier<EngineClient> engine;
    private final BackupFolder folder;
    private final StoredBeside beside;
    private final Clock clock;

    @Inject
    RestoreWorker(
            Scoped scoped,
            TenantService tenants,
            QuotaService quotas,
            CollectionAdoption adoption,
            jakarta.enterprise.inject.Instance<EngineClient> engine,
            BackupFolder folder,
            StoredBeside beside,
            Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.quotas = quotas;
        this.adoption = adoption;
        this.engine = engine::get;
        this.folder = folder;
        this.beside = beside;
        this.clock = clock;
    }

    /** Does what is due; answers how much that was. */
    public int runOnce() {
        int done = 0;
        for (Optional<Restoration> due = claim(); due.isPresent(); due = claim()) {
            work(due.get());
            done++;
        }
        return done;
    }

    private Optional<Restoration> claim() {
        Instant now = clock.instant();
        return scoped.asSystem(tx -> RestorationRows.claim(tx, now, now.plus(LEASE)));
    }

    private void work(Restoration restore) {
        try {
            restore(restore);
        } catch (BackupException | ProblemException e) {
            // neither gets better by waiting
            failed(restore, Restoration.State.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | EngineException e) {
            boolean again = restore.attempts() < TRIES_MAX;
            failed(
                    restore,
                    again ? Restoration.State.REQUESTED : Restoration.State.FAILED,
                    String.valueOf(e.getMessage()));
        }
    }

    private void failed(Restoration restore, Restoration.State next, String error) {
        LOG.warn("restore {} into tenant {} failed: {}", restore.id(), restore.tenant(), error);
        String shown = error.length() > ERROR_CHARS_MAX ? error.substring(0, ERROR_CHARS_MAX) : error;
        Instant now = clock.instant();
        Instant due = next == Restoration.State.FAILED ? now : now.plus(Outbox.backoff(restore.attempts()));
        scoped.doAsSystem(tx -> RestorationRows.failed(tx, restore.id(), next, shown, due));
    }

    private void restore(Restoration restore) throws IOException {
        Tenant tenant = tenants.get(restore.tenant());
        if (tenant.state() == TenantState.PROVISIONING) {
            scoped.doAsSystem(
                    tx -> RestorationRows.wait(tx, restore.id(), clock.instant().plus(TENANT_LOOK)));
            return;
        }
        Backup backup = scoped.asSystem(tx -> BackupRows.find(tx, restore.backup()))
                .orElseThrow(() -> ProblemException.notFound("backup", restore.backup()));
        Path file = folder.toRead(backup);
        Contents contents = Contents.read(file);
        for (int earlier = 1; earlier < restore.attempts(); earlier++) {
            drop(tenant.id(), ids(restore, earlier, contents));
        }
        if (restore.attempts() > TRIES_MAX) {
            throw new BackupException("given up after " + TRIES_MAX + " tries", null);
        }
        Map<UUID, UUID> ids = ids(restore, restore.attempts(), contents);
        adoption.check(
                tenant.id(),
                contents.named().stream()
                        .map(one -> restore.prefix() + one.name())
                        .toList());
        fill(restore, file, ids);
        try {
            // in one transaction, so that no later attempt takes what the catalog has for left-overs
            adoption.adopt(tenant.id(), adopted(restore, contents), tx -> finish(tx, restore));
        } catch (ProblemException | EngineException e) {
            drop(tenant.id(), ids);
            throw e;
        }
    }

    private void finish(Tx tx, Restoration restore) throws SQLException {
        if (!RestorationRows.done(tx, restore, clock.instant())) {
            throw lost();
        }
    }

    private static EngineException lost() {
        return new EngineException(RejectionCode.UNAVAILABLE, "another process restores it by now");
    }

    private void fill(Restoration restore, Path file, Map<UUID, UUID> ids) throws IOException {
        Map<ByteString, ByteString> wanted = new HashMap<>();
        ids.forEach((from, to) -> wanted.put(EngineIds.bytes(from), EngineIds.bytes(to)));
        Limits limits = quotas.usage(restore.tenant()).limits();
        long stored = beside.bytes().getOrDefault(restore.tenant().value(), 0L);
        Ceilings ceilings = Ceilings.newBuilder()
                .setPointsPerCollection(limits.maxVectorsPerCollection())
                .setTenantBytes(Math.max(1, limits.maxStorageBytes() - stored))
                .build();
        Instant[] told = {Instant.MIN};
        engine.get().restore(file, EngineIds.bytes(restore.tenant().value()), wanted, ceilings, points -> {
            Instant now = clock.instant();
            if (told[0].isBefore(now.minus(TOLD_EVERY))) {
                told[0] = now;
                tell(restore, points, now);
            }
        });
    }

    private void tell(Restoration restore, long points, Instant now) {
        if (!scoped.asSystem(tx -> RestorationRows.progress(tx, restore, points, now.plus(LEASE)))) {
            throw lost();
        }
    }

    private static List<Adopted> adopted(Restoration restore, Contents contents) {
        List<Adopted> all = new ArrayList<>();
        for (BackupNote.Named one : contents.named()) {
            CollectionHandle collection = new CollectionHandle(
                    EngineIds.derived(restore.id(), restore.attempts(), one.id()),
                    restore.prefix() + one.name(),
                    spec(contents, one),
                    one.configJson(),
                    1);
            all.add(new Adopted(
                    collection,
                    one.aliases().stream()
                            .map(alias -> restore.prefix() + alias)
                            .toList()));
        }
        return all;
    }

    private static CollectionSpec spec(Contents contents, BackupNote.Named one) {
        CollectionSpec.Builder spec = contents.spec(one.id()).toBuilder();
        spec.getHnswBuilder().setEfSearch(Math.max(0, one.efSearch()));
        return spec.build();
    }

    /** The engine's names of what an attempt writes, by those in the backup. */
    private static Map<UUID, UUID> ids(Restoration restore, int attempt, Contents contents) {
        Map<UUID, UUID> ids = new HashMap<>();
        for (BackupNote.Named one : contents.named()) {
            ids.put(one.id(), EngineIds.derived(restore.id(), attempt, one.id()));
        }
        return ids;
    }

    private void drop(TenantId tenant, Map<UUID, UUID> ids) {
        for (UUID id : ids.values()) {
            CompletableFuture<CommandResult> dropped = engine.get()
                    .submit(Command.newBuilder()
                            .setTenant(EngineIds.bytes(tenant.value()))
                            .setCollection(EngineIds.bytes(id))
                            .setDropCollection(DropCollection.getDefaultInstance())
                            .build());
            try {
                // what is not there is dropped already
                dropped.join();
            } catch (CompletionException e) {
                throw new EngineException(
                        RejectionCode.UNAVAILABLE, "what an earlier try left cannot be dropped: " + e);
            }
        }
    }
}
