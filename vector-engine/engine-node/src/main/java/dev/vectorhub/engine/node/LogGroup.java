package dev.vectorhub.engine.node;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Raft group of one peer in this process: what is appended is fsynced, then applied, then acknowledged. */
final class LogGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogGroup.class);
    private static final long REPLAY_REPORT_SECONDS = 10;
    /** Reports without progress and without a leader after which the start fails. */
    private static final int REPLAY_IDLE_MAX = 3;

    private static final long CLOSE_SECONDS_MAX = 20;
    private static final long CLOSE_POLL_NANOS = 1_000_000;

    private final RaftServer server;
    private final RaftGroupId groupId;
    private final EngineStateMachine machine;
    private final ClientId clientId = ClientId.randomId();
    private final AtomicLong callIds = new AtomicLong();

    private LogGroup(RaftServer server, RaftGroupId groupId, EngineStateMachine machine) {
        this.server = server;
        this.groupId = groupId;
        this.machine = machine;
    }

    /**
     * Repairs the log's end, replays what the state lacks and returns when entries can be appended.
     *
     * @param onFailure called once, when the group has to stop
     */
    static LogGroup start(GroupFiles files, LoggedState state, NodeTuning tuning, Consumer<Throwable> onFailure)
            throws IOException {
        LogTail.repair(files.logSegments(), RaftSettings.loggedEntryBytesMax(tuning));
        var failure = new CompletableFuture<Void>();
        var machine = new EngineStateMachine(state, files, tuning, e -> {
            failure.completeExceptionally(e);
            onFailure.accept(e);
        });
        var groupId = RaftGroupId.valueOf(files.groupId());
        var self = RaftPeer.newBuilder()
                .setId(RaftPeerId.valueOf(files.nodeId()))
                .setAddress("localhost:0")
                .build();
        RaftServer server = RaftServer.newBuilder()
                .setServerId(self.getId())
                .setGroup(RaftGroup.valueOf(groupId, self))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RaftSettings.single(files, tuning))
                .setStateMachine(machine)
                .build();
        try {
            server.start();
            awaitReady(
                    CompletableFuture.anyOf(machine.ready(), failure),
                    machine,
                    server.getDivision(groupId).getInfo());
            long last = machine.getLastAppliedTermIndex().getIndex();
            if (last < state.durableIndex()) {
                // New entries would take the numbers of old ones, and the store would skip them.
                throw new IOException("the store holds log entry " + state.durableIndex() + ", but the log in "
                        + files.logSegments() + " ends before it, at " + last + ": files of the log are missing");
            }
            return new LogGroup(server, groupId, machine);
        } catch (CompletionException e) {
            server.close();
            throw new IOException("the log could not be opened: " + e.getCause(), e.getCause());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    EngineStateMachine machine() {
        return machine;
    }

    /**
     * Appends an entry. Entries stand in the log in the order of the calls, which the caller makes one after the other.
     * The future completes when the entry is applied and the batch has its results.
     */
    CompletableFuture<Void> append(Batch batch) {
        var request = RaftClientRequest.newBuilder()
                .setClientId(clientId)
                .setServerId(server.getId())
                .setGroupId(groupId)
                .setCallId(callIds.incrementAndGet())
                .setMessage(batch)
                .setType(RaftClientRequest.writeRequestType())
                .build();
        try {
            return server.submitClientRequestAsync(request).thenAccept(LogGroup::check);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Deletes whole log files up to the index, some time later: what fails is tried again with the next index. */
    void purge(long index) throws IOException {
        var _ = server.getDivision(groupId).getRaftLog().purge(index);
    }

    @Override
    public void close() throws IOException {
        DivisionInfo info = server.getDivision(groupId).getInfo();
        server.close();
        // After a failure the group is closing already, and close returns while it still writes.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS_MAX);
        while (info.getLifeCycleState() != LifeCycle.State.CLOSED) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the group does not close, it is " + info.getLifeCycleState());
            }
            LockSupport.parkNanos(CLOSE_POLL_NANOS);
        }
    }

    private static void check(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new IllegalStateException("the log refused an entry", reply.getException());
        }
    }

    private static void awaitReady(CompletableFuture<Object> ready, EngineStateMachine machine, DivisionInfo info)
            throws IOException {
        long before = Long.MIN_VALUE;
        for (int idle = 0; idle < REPLAY_IDLE_MAX; ) {
            try {
                ready.get(REPLAY_REPORT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                long now = machine.getLastAppliedTermIndex().getIndex();
                LOG.info("replaying the log, now at entry {}", now);
                idle = now > before || info.isLeader() ? 0 : idle + 1;
                before = now;
            } catch (ExecutionException e) {
                throw new IOException("the log could not be replayed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the log was replayed", e);
            }
        }
        throw new IOException("the group found no leader; its log has the reason");
    }
}
