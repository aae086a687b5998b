package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.core.kernel.Turns;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.Patience;
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
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine in this process: one Raft group of one peer over one store. A command is acknowledged once its log entry is
 * fsynced and applied; reads go to the store on the caller's thread.
 *
 * <p>When an entry cannot be written or applied, writes fail with {@code UNAVAILABLE} from then on and reads go on;
 * opening the directory again recovers.
 */
public final class EmbeddedEngine implements EngineTransport {
    /** Bytes of a vector to one of its product code, where only the kind is named. */
    private static final int PRODUCT_COMPRESSION = 16;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);
    private static final String GROUP = "g0000";
    private static final long CLOSE_WAIT_MILLIS = 10_000;
    private static final int TICKS_PER_STATUS = 10;
    /** Of one tenant. */
    private static final int READS_WAITING_MAX = 1024;

    private final String nodeId;
    private final NodeTuning tuning;
    private final GroupFiles files;
    private final EngineStore store;
    private final StoreState state;
    private final StoreReads reads;
    private final QueryCache answers;
    private final LogGroup group;
    private final GroupCommit commits;
    private final Admission admission;
    private final Housekeeping housekeeping;
    private final ReadGate gate = new ReadGate();
    private final FairReads turns =
            new FairReads(Math.max(2, Runtime.getRuntime().availableProcessors()), READS_WAITING_MAX, System::nanoTime);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure;

    private EmbeddedEngine(
            String nodeId,
            NodeTuning tuning,
            GroupFiles files,
            EngineStore store,
            StoreState state,
            QueryCache answers,
            LogGroup group,
            AtomicReference<@Nullable Throwable> failure) {
        this.nodeId = nodeId;
        this.tuning = tuning;
        this.files = files;
        this.failure = failure;
        this.store = store;
        this.state = state;
        this.answers = answers;
        this.reads = new StoreReads(store);
        this.group = group;
        Executor virtual = task -> Thread.ofVirtual().name("engine-commit").start(task);
        this.commits = new GroupCommit(tuning, group::append, virtual);
        this.admission = new Admission(files.diskReserveBytes(tuning.diskFreeBytesMin()));
        this.housekeeping = new Housekeeping(group, tuning, System::nanoTime, tick -> {
            admission.disk(files.diskFreeBytes());
            Throwable cause = failure.get();
            if (cause != null) {
                commits.fail("the log stopped: " + cause);
            }
            // Goes through all tenants, so not every time.
            return tick % TICKS_PER_STATUS == 0 && isHeldBackInMemory();
        });
    }

    private boolean isHeldBackInMemory() {
        StoreStatus status = store.status();
        admission.backlog(status);
        return status.heldBackInMemory();
    }

    /**
     * Opens the data directory, replays the log and returns when commands and reads can be served.
     *
     * @throws IllegalStateException if the directory belongs to another node
     * @throws UncheckedIOException if it is in use, damaged or unreadable; the message names the file
     */
    public static EmbeddedEngine open(EngineSettings settings, NodeTuning tuning) {
        try {
            Files.createDirectories(settings.dataDir());
            GroupFiles files = GroupFiles.open(settings.dataDir(), GROUP, settings.nodeId());
            try {
                EngineStore store = EngineStore.open(settings.dataDir(), storeSettings(settings));
                return open(settings, files, store, tuning);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(settings.dataDir() + " could not be opened: " + e.getMessage(), e);
        }
    }

    private static EmbeddedEngine open(EngineSettings settings, GroupFiles files, EngineStore store, NodeTuning tuning)
            throws IOException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try {
            var versions = new WriteVersions();
            var state = new StoreState(store, versions);
            var answers = new QueryCache(settings.queryCache(), versions);
            LogGroup group = LogGroup.start(files, state, tuning, failure::set);
            var engine = new EmbeddedEngine(settings.nodeId(), tuning, files, store, state, answers, group, failure);
            engine.housekeeping.start();
            return engine;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<CommandResult> submit(Command command) {
        // As in FairReads: who writes several at a time lets the others' reads pass.
        if (commits.isPending(command.getTenant()) && turns.othersRead(command.getTenant())) {
            Turns.lengthen();
        }
        try {
            return prepareAndCommit(command);
        } finally {
            Turns.shorten();
        }
    }

    private CompletableFuture<CommandResult> prepareAndCommit(Command command) {
        int bytes = command.getSerializedSize();
        if (bytes > tuning.commandBytesMax()) {
            return rejected(Rejection.newBuilder()
                    .setCode(RejectionCode.INVALID_ARGUMENT)
                    .setMessage("a command has at most " + tuning.commandBytesMax() + " bytes, this one has " + bytes)
                    .build());
        }
        LoggedState.Prepared prepared;
        try {
            prepared = state.prepare(command);
        } catch (EngineException e) {
            return rejected(e.rejection());
        }
        Rejection refusal = admission.refusal(command);
        if (refusal != null) {
            return refusal.getCode() == RejectionCode.UNAVAILABLE
                    ? CompletableFuture.failedFuture(new EngineException(refusal))
                    : rejected(refusal);
        }
        return commits.submit(command, prepared);
    }

    @Override
    public SearchResponse search(SearchRequest request) {
        return read(request, wanted -> answers.get(wanted, this::searchInTurn));
    }

    private SearchResponse searchInTurn(SearchRequest request) {
        return turns.run(request.getCollection().getTenant(), () -> reads.search(request));
    }

    @Override
    public RetrieveResponse retrieve(RetrieveRequest request) {
        return turns.run(request.getCollection().getTenant(), () -> read(request, reads::retrieve));
    }

    @Override
    public ScrollResponse scroll(ScrollRequest request) {
        return turns.run(request.getCollection().getTenant(), () -> read(request, reads::scroll));
    }

    @Override
    public FacetResponse facet(FacetRequest request) {
        return turns.run(request.getCollection().getTenant(), () -> read(request, reads::facet));
    }

    @Override
    public CountResponse count(CountRequest request) {
        return turns.run(request.getCollection().getTenant(), () -> read(request, reads::count));
    }

    @Override
    public CollectionInfo info(InfoRequest request) {
        return read(request, reads::info);
    }

    @Override
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        return read(request, reads::tenantStats);
    }

    @Override
    public NodeStatus status(NodeStatusRequest request) {
        return read(request, ignored -> {
            var status = store.status();
            return NodeStatus.newBuilder()
                    .setNodeId(nodeId)
                    .setTenants(status.tenants())
                    .setCollections(status.collections())
                    .setPoints(status.points())
                    .setDiskBytes(status.diskBytes())
                    .setDiskFreeBytes(status.diskFreeBytes())
                    .setAppliedIndex(group.machine().getLastAppliedTermIndex().getIndex())
                    .setKernel(status.kernel())
                    .setPendingCommands(commits.pendingCommands())
                    .setDurableIndex(status.durableIndex())
                    .setBacklogPoints(status.backlogPoints())
                    .addAllQuarantined(status.quarantined())
                    .setQuarantinedTenants(status.quarantinedTenants())
                    .setQueryCacheHits(answers.hits())
                    .setQueryCacheMisses(answers.misses())
                    .build();
        });
    }

    @Override
    public void backup(BackupRequest request, OutputStream out) throws IOException {
        if (!gate.tryEnter()) {
            throw new EngineException(RejectionCode.UNAVAILABLE, "the engine is closed");
        }
        try {
            Backup.write(store, nodeId, request, out);
        } catch (StoreException e) {
            throw new EngineException(StoreReads.rejection(e));
        } finally {
            gate.leave();
        }
    }

    /** Whether the log has stopped: reads go on, and opening the directory again is what mends it. */
    boolean hasFailed() {
        return failure.get() != null;
    }

    /** Whether there is room to go on writing. */
    boolean hasRoom() {
        return files.diskFreeBytes() >= files.diskReserveBytes(tuning.diskFreeBytesMin());
    }

    /** Takes a checkpoint now, so that the next start replays nothing, and purges the log. */
    public void checkpoint() throws IOException {
        housekeeping.checkpoint();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            commits.close("the engine is closing", CLOSE_WAIT_MILLIS);
            housekeeping.close();
            housekeeping.checkpoint();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("no checkpoint at closing; the next start replays the log", e);
        }
        try {
            group.close();
        } catch (IOException e) {
            LOG.warn("the log did not close", e);
        }
        commits.fail("the engine is closed");
        if (!gate.close(CLOSE_WAIT_MILLIS)) {
            LOG.warn("reads are still running; the store stays open");
            return;
        }
        store.close();
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("the lock was not given back", e);
        }
    }

    private <Q, R> R read(Q request, Function<Q, R> read) {
        if (!gate.tryEnter()) {
            throw new EngineException(RejectionCode.UNAVAILABLE, "the engine is closed");
        }
        try {
            return Pace.until(Patience.current()::isOver, () -> read.apply(request));
        } catch (StoreException e) {
            throw new EngineException(StoreReads.rejection(e));
        } finally {
            gate.leave();
        }
    }

    private static CompletableFuture<CommandResult> rejected(Rejection rejection) {
        return CompletableFuture.completedFuture(
                CommandResult.newBuilder().setRejection(rejection).build());
    }

    private static StoreSettings storeSettings(EngineSettings settings) {
        return StoreSettings.of(
                        settings.threads(),
                        Compression.valueOf(settings.compression().toUpperCase(Locale.ROOT)),
                        settings.compressionLevel(),
                        new HnswConfig(
                                settings.hnswM(),
                                settings.hnswEfConstruct(),
                                settings.fullScanThreshold(),
                                quantization(settings.quantization())),
                        settings.hnswEfSearch())
                .withBounds((long) settings.cacheMb() << 20, settings.backlogPointsMax());
    }

    private static QuantizationConfig quantization(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> QuantizationConfig.NONE;
            case "scalar" -> QuantizationConfig.SCALAR;
            case "product" -> QuantizationConfig.product(PRODUCT_COMPRESSION);
            case "binary" -> QuantizationConfig.BINARY;
            default ->
                throw new IllegalArgumentException("quantization is none, scalar, product or binary, not " + name);
        };
    }
}
