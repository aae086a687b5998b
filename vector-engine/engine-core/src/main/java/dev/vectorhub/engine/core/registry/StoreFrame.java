package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.collection.ScratchPool;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.collection.Upkeep;
import dev.vectorhub.engine.core.collection.Warmup;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An open store: its lock, its parts and its threads. */
public final class StoreFrame implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StoreFrame.class.getName());
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final int AWAIT_POLL_MILLIS = 5;
    private static final long CLOSE_SECONDS_MAX = 60;

    private final FileChannel lock;
    private final ScheduledExecutorService closer;
    private final Surroundings around;
    private final Registry registry;
    private final Checkpoints checkpoints;
    private final Upkeep upkeep;

    private StoreFrame(FileChannel lock, Layout layout, StoreSettings settings) {
        this.lock = lock;
        this.closer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("engine-closer").factory());
        StoreRecord store = Recovery.storeRecord(layout);
        this.around = new Surroundings(
                settings,
                layout,
                new Slabs(layout, store.nextSlab()),
                new MappedFiles(this::letGo),
                Kernels.best(),
                new ScratchPool(Kernels.best()),
                ConcurrentHashMap.newKeySet(),
                this::letGo);
        Recovery.Recovered recovered = Recovery.run(around, store);
        this.registry = recovered.registry();
        this.checkpoints = recovered.checkpoints();
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.upkeep = new Upkeep(settings.threads() > 0 ? settings.threads() : half);
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
            StoreFrame frame = new StoreFrame(lock, layout, settings);
            frame.start();
            return frame;
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

    private void start() {
        for (Tenant tenant : registry.tenants()) {
            for (Tenant.Entry entry : tenant.collections()) {
                if (entry.collection().lacksIndexes()) {
                    upkeep.schedule(entry.collection());
                }
            }
        }
        long period = IDLE.toMillis() / 5;
        closer.scheduleWithFixedDelay(this::unloadIdle, period, period, TimeUnit.MILLISECONDS);
    }

    private void unloadIdle() {
        for (Tenant tenant : registry.tenants()) {
            for (Tenant.Entry entry : tenant.collections()) {
                entry.collection().unloadIfIdle(IDLE.toNanos());
            }
        }
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
    public void afterCheckpoint() {
        for (Tenant tenant : registry.tenants()) {
            for (Tenant.Entry entry : tenant.collections()) {
                upkeep.look(entry.collection());
            }
        }
    }

    /** For tests and benchmarks. */
    public void awaitUpkeep() throws InterruptedException {
        while (upkeep.isBusy()) {
            Thread.sleep(AWAIT_POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        checkpoints.close();
        upkeep.close();
        for (Tenant tenant : registry.tenants()) {
            for (Tenant.Entry entry : tenant.collections()) {
                entry.collection().close();
            }
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
}
