package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Residency;
import dev.vectorhub.engine.core.collection.ScratchPool;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.collection.Upkeep;
import dev.vectorhub.engine.core.collection.Warmup;
import dev.vectorhub.engine.core.kernel.Background;
import dev.vectorhub.engine.core.kernel.Kernels;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.MappedFiles;
import dev.vectorhub.engine.core.storage.Slabs;
import dev.vectorhub.engine.core.storage.StoreRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open store: its lock, its parts and its threads. */
public final class StoreFrame implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StoreFrame.class.getName());
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration SCRUB_ROUND = Duration.ofHours(24);
    private static final int AWAIT_POLL_MILLIS = 5;
    private static final long CLOSE_SECONDS_MAX = 60;

    private final FileChannel lock;
    private final ScheduledExecutorService closer;
    private final Surroundings around;
    private final Registry registry;
    private final Checkpoints checkpoints;
    private final Upkeep upkeep;
    private final EarlyOpening opening;
    private volatile @Nullable IdleTenants idle;
    private volatile @Nullable Scrub scrub;
    private volatile @Nullable Thread scrubber;

    private StoreFrame(FileChannel lock, Layout layout, StoreSettings settings) {
        this.lock = lock;
        this.closer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("engine-closer").factory());
        StoreRecord store = Recovery.storeRecord(layout);
        MappedFiles files = new MappedFiles(this::letGo);
        this.around = new Surroundings(
                settings,
                layout,
                new Slabs(layout, store.nextSlab()),
                files,
                Kernels.best(),
                new ScratchPool(Kernels.best()),
                ConcurrentHashMap.newKeySet(),
                new Residency(settings.openBytesMax(), files, () -> letGo(this::trim)),
                this::letGo);
        this.registry = new Registry(around, Recovery.run(around, store), store.dropped());
        this.opening = new EarlyOpening(registry);
        this.checkpoints = new Checkpoints(registry, store);
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.upkeep = new Upkeep(settings.threads() > 0 ? settings.threads() : half);
    }

    private void trim() {
        IdleTenants known = idle;
        if (known != null) {
            known.trim(around.residency());
        }
    }

    /** Behind the caller, or at once if the store is closing. */
    private void letGo(Runnable task) {
        try {
            closer.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Throws {@code UNAVAILABLE}, naming the file, if the directory cannot be used. */
    public static StoreFrame open(Path dataDir, StoreSettings settings) {
        Layout layout = Layout.at(dataDir);
        FileChannel lock = lock(layout.lockFile());
        try {
            Warmup.once(Kernels.best());
            return new StoreFrame(lock, layout, settings);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    private static FileChannel lock(Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            FileLock held = null;
            try {
                held = channel.tryLock();
            } finally {
                if (held == null) {
                    channel.close();
                }
            }
            if (held == null) {
                throw Damage.in(file, "is locked: another process uses this data directory");
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw Damage.in(file, "is locked: this process uses the data directory already");
        } catch (IOException e) {
            throw Damage.in(file, "cannot be locked", e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The lock of the data directory was not let go", e);
        }
    }

    /**
     * Starts the background work.
     *
     * @param exclusively runs a task while no command does
     */
    public void start(Consumer<Runnable> exclusively) {
        for (UUID id : registry.catalog().unfinished()) {
            Tenant tenant = registry.tenant(id);
            if (tenant != null && tenant.quarantine() == null) {
                tenant.collections().forEach(upkeep::schedule);
            }
        }
        IdleTenants tenants = new IdleTenants(registry, checkpoints, exclusively);
        idle = tenants;
        long period = IDLE.toMillis() / 5;
        var _ = closer.scheduleWithFixedDelay(
                () -> tenants.close(IDLE.toNanos()), period, period, TimeUnit.MILLISECONDS);
        Scrub rounds = new Scrub(
                registry, checkpoints, tenants, around.settings().scrubBytesPerSecond(), SCRUB_ROUND.toMillis());
        scrub = rounds;
        scrubber = Thread.ofPlatform().daemon().name("engine-scrub").start(() -> {
            opening.run();
            Background.of(() -> {
                        opening.rehearse();
                        rounds.run();
                    })
                    .run();
        });
    }

    public TenantCommands tenantCommands() {
        return new TenantCommands(registry);
    }

    public CollectionCommands collectionCommands() {
        return new CollectionCommands(registry);
    }

    public Registry registry() {
        return registry;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    Surroundings around() {
        return around;
    }

    /** Parts that were stored may be worth merging or a graph now. */
    public void afterCheckpoint(CheckpointWrite checkpoint) {
        checkpoint.collections().forEach(upkeep::look);
    }

    /** For tests and benchmarks. */
    public void awaitUpkeep() throws InterruptedException {
        Scrub running = scrub;
        while (upkeep.isBusy() || (running != null && !running.hasSwept())) {
            Thread.sleep(AWAIT_POLL_MILLIS);
        }
    }

    /** Whether background work has ended and left what no checkpoint has. */
    public boolean hasUnrecorded() {
        Set<LiveCollection> changed = registry.around().changed();
        return !changed.isEmpty()
                && !upkeep.isBusy()
                && changed.stream().allMatch(collection -> collection.quarantined() == null);
    }

    @Override
    public void close() {
        stopScrubbing();
        checkpoints.close();
        upkeep.close();
        for (Tenant tenant : registry.awake()) {
            tenant.collections().forEach(LiveCollection::close);
        }
        closer.shutdown();
        try {
            if (!closer.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "Files were not all closed within " + CLOSE_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(lock);
    }

    private void stopScrubbing() {
        Scrub rounds = scrub;
        Thread running = scrubber;
        if (rounds != null && running != null) {
            opening.close();
            rounds.close();
            try {
                running.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS_MAX));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
