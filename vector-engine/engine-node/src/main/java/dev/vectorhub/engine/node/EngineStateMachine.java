package dev.vectorhub.engine.node;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.LogEntry;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies log entries to the {@link LoggedState} in order, and fixes its state for checkpoints between two entries.
 *
 * <p>A refused command becomes a {@link Rejection}; so does one on which the store trips over a bug, because it would trip
 * on every replica and at every replay, and one tenant's command must not stop the others. What may depend on this machine
 * (I/O, memory) stops the node instead: the entry counts as not applied and a restart applies it again.
 */
final class EngineStateMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(EngineStateMachine.class);

    /** A checkpoint between {@link #beginCheckpoint} and its end. */
    record Begun(TermIndex upTo, long lastCommandIndex, LoggedState.PendingCheckpoint pending) {}

    private record Mark(TermIndex termIndex) implements SnapshotInfo {
        @Override
        public TermIndex getTermIndex() {
            return termIndex;
        }

        @Override
        public List<FileInfo> getFiles() {
            return List.of();
        }
    }

    private final LoggedState state;
    private final GroupFiles files;
    private final Consumer<Throwable> onFailure;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** Held while an entry is applied: a checkpoint begins between two. */
    private final ReentrantLock applying = new ReentrantLock();

    private final SliceJoin slices;
    /** The last entry before the open row of slices; a checkpoint that is newer would lose them. */
    private @Nullable TermIndex beforeSlices;

    private long lastCommandIndex;
    private boolean failed;
    private volatile boolean leading;
    private volatile @Nullable Mark mark;
    private final AtomicLong loggedBytes = new AtomicLong();

    /** @param onFailure called once, when an entry could not be applied and the node has to stop */
    EngineStateMachine(LoggedState state, GroupFiles files, NodeTuning tuning, Consumer<Throwable> onFailure) {
        this.state = state;
        this.files = files;
        this.onFailure = onFailure;
        this.slices = new SliceJoin(tuning.commandBytesMax());
    }

    /** Completes when this peer leads and has applied the log of its earlier life. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Bytes of commands applied since the start; grows only. */
    long loggedBytes() {
        return loggedBytes.get();
    }

    @Override
    public void initialize(RaftServer raftServer, RaftGroupId raftGroupId, RaftStorage storage) throws IOException {
        super.initialize(raftServer, raftGroupId, storage);
        GroupFiles.Applied applied = files.readApplied();
        if (applied == null) {
            return;
        }
        if (state.durableIndex() < applied.durable()) {
            throw new IOException("the store is durable up to log entry " + state.durableIndex() + ", but the log was"
                    + " purged when it was durable up to " + applied.durable() + ": files of the store are missing in "
                    + "the data directory of " + files.logStorage());
        }
        var termIndex = TermIndex.valueOf(applied.term(), applied.index());
        mark = new Mark(termIndex);
        setLastAppliedTermIndex(termIndex);
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return mark;
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setStateMachineContext(request.getMessage())
                .build();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        Batch local = transaction.getStateMachineContext() instanceof Batch batch ? batch : null;
        applying.lock();
        try {
            if (failed) {
                throw new IllegalStateException("an earlier entry could not be applied");
            }
            apply(entry, local);
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        } catch (IOException | RuntimeException | Error e) {
            if (!failed) {
                failed = true;
                LOG.error("log entry {} could not be applied; the node stops", entry.getIndex(), e);
                onFailure.accept(e);
            }
            // Thrown and not returned: Ratis then stops the group, and would otherwise go on with the next entry.
            throw new IllegalStateException("log entry " + entry.getIndex() + " could not be applied", e);
        } finally {
            applying.unlock();
        }
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        applying.lock();
        try {
            // A new leader's first entry: the old one's unfinished row of slices will not go on.
            dropSlices();
            super.notifyTermIndexUpdated(term, index);
        } finally {
            applying.unlock();
        }
        if (leading) {
            ready.complete(null);
        }
    }

    @Override
    public void notifyLeaderReady() {
        // Called just before this leader's first entry, the last of the replay, counts as applied.
        leading = true;
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failedEntry) {
        LOG.error("the log could not be written; the node stops", cause);
        onFailure.accept(cause);
    }

    /** Fixes the state as of the last applied entry; null after a failure or if a mark stands there already. */
    @Nullable
    Begun beginCheckpoint() {
        applying.lock();
        try {
            TermIndex upTo = beforeSlices == null ? getLastAppliedTermIndex() : beforeSlices;
            Mark last = mark;
            if (failed || upTo.getIndex() < 0 || isHeld(last, upTo)) {
                return null;
            }
            return new Begun(upTo, lastCommandIndex, state.beginCheckpoint(upTo.getIndex()));
        } finally {
            applying.unlock();
        }
    }

    private boolean isHeld(@Nullable Mark last, TermIndex upTo) {
        return last != null && last.getIndex() >= upTo.getIndex() && !state.wantsCheckpoint();
    }

    /** See {@link LoggedState#wantsCheckpoint}. */
    boolean wantsCheckpoint() {
        return state.wantsCheckpoint();
    }

    /**
     * Writes the checkpoint and then its mark, so that replay never starts behind what the store lacks.
     *
     * @return log index up to which the log may be purged
     */
    long complete(Begun begun) throws IOException {
        long durable = begun.pending().complete();
        TermIndex upTo = begun.upTo();
        if (durable < Math.min(upTo.getIndex(), begun.lastCommandIndex())) {
            upTo = getServer().join().getDivision(getGroupId()).getRaftLog().getTermIndex(durable);
            if (upTo == null) {
                throw new IOException("the store is durable up to log entry " + durable + ", which the log has not");
            }
        }
        files.writeApplied(new GroupFiles.Applied(upTo.getTerm(), upTo.getIndex(), durable));
        mark = new Mark(upTo);
        return upTo.getIndex();
    }

    /** The engine takes its checkpoints itself, see {@link Housekeeping}; Ratis hears of the last one. */
    @Override
    public long takeSnapshot() {
        Mark last = mark;
        return last == null ? -1 : last.getIndex();
    }

    private void apply(LogEntryProto entry, @Nullable Batch local) throws IOException {
        long index = entry.getIndex();
        List<CommandResult> results = new ArrayList<>();
        var data = entry.getStateMachineLogEntry().getLogData();
        loggedBytes.addAndGet(data.size());
        if (local != null && !local.isSlice()) {
            dropSlices();
            for (Batch.Waiting one : local.waiting()) {
                results.add(run(index, one.prepared()));
            }
        } else {
            applyParsed(entry, LogEntry.parseFrom(data.newInput()), results);
        }
        if (local != null) {
            local.applied(results);
        }
    }

    private void applyParsed(LogEntryProto entry, LogEntry parsed, List<CommandResult> results) {
        long index = entry.getIndex();
        if (!parsed.hasSlice()) {
            dropSlices();
            for (Command command : parsed.getCommandsList()) {
                results.add(run(index, command));
            }
            return;
        }
        if (!slices.isOpen()) {
            beforeSlices = getLastAppliedTermIndex();
        }
        try {
            Command whole = slices.add(parsed.getSlice());
            if (whole != null) {
                results.add(run(index, whole));
            }
        } catch (InvalidProtocolBufferException e) {
            results.add(refused(index, RejectionCode.INTERNAL, String.valueOf(e.getMessage())));
        }
        if (!slices.isOpen()) {
            beforeSlices = null;
        }
    }

    private void dropSlices() {
        slices.drop();
        beforeSlices = null;
    }

    private CommandResult run(long index, Command command) {
        LoggedState.Prepared prepared;
        try {
            prepared = state.prepare(command);
        } catch (EngineException e) {
            lastCommandIndex = index;
            return CommandResult.newBuilder()
                    .setLogIndex(index)
                    .setRejection(e.rejection())
                    .build();
        }
        return run(index, prepared);
    }

    @SuppressWarnings("CatchingUnchecked") // a bug in one command's way must not stop the node, see the class comment
    private CommandResult run(long index, LoggedState.Prepared prepared) {
        lastCommandIndex = index;
        try {
            return CommandResult.newBuilder()
                    .setLogIndex(index)
                    .setPointsAffected(prepared.apply(index))
                    .build();
        } catch (EngineException e) {
            return CommandResult.newBuilder()
                    .setLogIndex(index)
                    .setRejection(e.rejection())
                    .build();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a command of log entry {} failed", index, e);
            return refused(index, RejectionCode.INTERNAL, "the engine failed at this command: " + e);
        }
    }

    private static CommandResult refused(long index, RejectionCode code, String message) {
        return CommandResult.newBuilder()
                .setLogIndex(index)
                .setRejection(Rejection.newBuilder().setCode(code).setMessage(message))
                .build();
    }
}
