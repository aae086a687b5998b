package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that opens its directory again after its log has stopped, which a full disk does: as soon as there is room, and
 * then at growing intervals. Until then reads go on. While it opens, a second or two, requests wait.
 */
final class RecoveringEngine implements EngineTransport {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveringEngine.class);
    private static final long TICK_MILLIS = 500;
    private static final long PAUSE_MILLIS_MAX = TimeUnit.MINUTES.toMillis(5);

    private final Supplier<EmbeddedEngine> opener;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Thread watcher;
    private EmbeddedEngine engine;
    private volatile boolean closed;

    RecoveringEngine(Supplier<EmbeddedEngine> opener) {
        this.opener = opener;
        this.engine = opener.get();
        this.watcher = Thread.ofVirtual().name("engine-watcher").start(this::watch);
    }

    private void watch() {
        long pause = TICK_MILLIS;
        try {
            while (!closed) {
                Thread.sleep(pause);
                if (engine.hasFailed() && engine.hasRoom()) {
                    pause = Math.min(2 * pause, PAUSE_MILLIS_MAX);
                    reopen();
                } else {
                    pause = TICK_MILLIS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // what cannot be opened now is tried again
    private void reopen() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                LOG.warn("the log had stopped; the engine opens its directory again");
                engine.close();
                engine = opener.get();
            }
        } catch (RuntimeException e) {
            LOG.error("the engine could not be opened again, to be tried later", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <R> R with(Function<EmbeddedEngine, R> call) {
        lock.readLock().lock();
        try {
            return call.apply(engine);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public CompletableFuture<CommandResult> submit(Command command) {
        return with(engine -> engine.submit(command));
    }

    @Override
    public SearchResponse search(SearchRequest request) {
        return with(engine -> engine.search(request));
    }

    @Override
    public RetrieveResponse retrieve(RetrieveRequest request) {
        return with(engine -> engine.retrieve(request));
    }

    @Override
    public ScrollResponse scroll(ScrollRequest request) {
        return with(engine -> engine.scroll(request));
    }

    @Override
    public FacetResponse facet(FacetRequest request) {
        return with(engine -> engine.facet(request));
    }

    @Override
    public CountResponse count(CountRequest request) {
        return with(engine -> engine.count(request));
    }

    @Override
    public CollectionInfo info(InfoRequest request) {
        return with(engine -> engine.info(request));
    }

    @Override
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        return with(engine -> engine.tenantStats(request));
    }

    @Override
    public NodeStatus status(NodeStatusRequest request) {
        return with(engine -> engine.status(request));
    }

    @Override
    public void backup(BackupRequest request, OutputStream out) throws IOException {
        lock.readLock().lock();
        try {
            engine.backup(request, out);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        lock.writeLock().lock();
        try {
            engine.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
