package dev.vectorhub.placement;

import com.google.protobuf.ByteString;
import dev.vectorhub.CommandOnlyEngine;
import dev.vectorhub.Faults;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node that knows tenants and generations and nothing else, as the real one promises to. */
public class FakeNode extends CommandOnlyEngine {
    private static final int COLLECTIONS = 2;

    private final Map<ByteString, Long> placed = new HashMap<>();
    private final Map<ByteString, Long> newest = new HashMap<>();
    private final Map<ByteString, IsolationMode> modes = new HashMap<>();
    /** Of each tenant's two collections, those that still lie as an earlier mode wanted. */
    private final Map<ByteString, Integer> toMove = new HashMap<>();

    private final Faults faults;
    private int obeyed;

    /** Every call fails with it. */
    volatile @Nullable EngineException broken;

    volatile long diskFree = 1L << 40;

    /** Every tenant's collections cannot be moved for it; empty if they can. */
    volatile String damage = "";

    public FakeNode(Faults faults) {
        this.faults = faults;
    }

    synchronized @Nullable Long generation(ByteString tenant) {
        return placed.get(tenant);
    }

    /** Somebody else commanded it. */
    synchronized void seen(ByteString tenant, long generation) {
        placed.put(tenant, generation);
        newest.put(tenant, generation);
    }

    /** One collection of each tenant moves. */
    synchronized void move() {
        toMove.replaceAll((tenant, left) -> Math.max(0, left - 1));
    }

    synchronized @Nullable IsolationMode isolation(ByteString tenant) {
        return modes.get(tenant);
    }

    /** Commands that changed something. */
    synchronized int obeyed() {
        return obeyed;
    }

    @Override
    public CompletableFuture<CommandResult> submit(Command command) {
        faults.pass("before a command");
        EngineException failure = broken;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        CommandResult result = apply(command);
        faults.pass("after a command");
        return CompletableFuture.completedFuture(result);
    }

    private synchronized CommandResult apply(Command command) {
        ByteString tenant = command.getTenant();
        long generation = command.hasPlaceTenant()
                ? command.getPlaceTenant().getGeneration()
                : command.getDropTenant().getGeneration();
        if (generation < newest.getOrDefault(tenant, 0L)) {
            return CommandResult.newBuilder()
                    .setRejection(Rejection.newBuilder()
                            .setCode(RejectionCode.STALE_GENERATION)
                            .setMessage("older"))
                    .build();
        }
        newest.put(tenant, generation);
        Long before = command.hasPlaceTenant() ? placed.put(tenant, generation) : placed.remove(tenant);
        boolean changed = command.hasPlaceTenant() ? before == null || before != generation : before != null;
        obeyed += changed ? 1 : 0;
        if (command.hasPlaceTenant()) {
            IsolationMode mode = command.getPlaceTenant().getIsolation();
            IsolationMode earlier = modes.put(tenant, mode);
            if (earlier != null && earlier != mode) {
                toMove.put(tenant, COLLECTIONS);
            }
        }
        return CommandResult.getDefaultInstance();
    }

    @Override
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        faults.pass("before a look at the node");
        TenantStatsResponse.Builder response = TenantStatsResponse.newBuilder();
        synchronized (this) {
            placed.forEach((tenant, generation) -> {
                if (request.getTenant().isEmpty() || request.getTenant().equals(tenant)) {
                    int left = toMove.getOrDefault(tenant, 0);
                    TenantStats.Builder stats = TenantStats.newBuilder()
                            .setTenant(tenant)
                            .setGeneration(generation)
                            .setIsolation(modes.getOrDefault(tenant, IsolationMode.NONE))
                            .setCollectionsToMove(left)
                            .setLogicalBytes(4_000)
                            .setDiskBytes(5_000);
                    for (int i = 0; i < COLLECTIONS; i++) {
                        stats.addCollections(CollectionStats.newBuilder()
                                .setPoints(100)
                                .setToMove(i < left)
                                .setFault(i < left ? damage : ""));
                    }
                    response.addTenants(stats);
                }
            });
        }
        return response.build();
    }

    @Override
    public NodeStatus status(NodeStatusRequest request) {
        EngineException failure = broken;
        if (failure != null) {
            throw failure;
        }
        synchronized (this) {
            return NodeStatus.newBuilder()
                    .setTenants(placed.size())
                    .setDiskBytes(1_000_000)
                    .setDiskFreeBytes(diskFree)
                    .setKernel("fake")
                    .build();
        }
    }
}
