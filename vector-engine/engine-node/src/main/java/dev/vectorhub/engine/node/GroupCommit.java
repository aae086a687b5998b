package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Packs the commands of many callers into log entries, because an entry costs far more than the bytes in it.
 *
 * <p>With nothing in flight a command goes at once, so a lone one is never delayed. Otherwise commands gather until the
 * entry before them is applied, or until they fill an entry worth sending ({@link NodeTuning#entryBytesGoal()}); then up
 * to {@link NodeTuning#entriesInFlightMax()} entries fly at a time. A tenant's commands reach the log in the
 * order of {@link #submit}, the tenants take turns, see {@link TenantQueue}. What is accepted and not yet applied is bounded in number and in bytes; beyond that commands are refused.
 *
 * <p>There is no thread: whoever makes an entry sendable sends it, one thread at a time. Callers' futures complete on the
 * given executor, because what callers hang on them must not hold up the applying thread.
 */
final class GroupCommit {
    private final NodeTuning tuning;
    private final Function<Batch, CompletableFuture<Void>> log;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition landed = lock.newCondition();
    private final TenantQueue queue = new TenantQueue();
    private final Map<ByteString, Long> pendingByTenant = new HashMap<>();
    private final Deque<Batch> slices = new ArrayDeque<>();
    private final Set<Batch> flying = new LinkedHashSet<>();
    private long queuedBytes;
    private long pendingBytes;
    private int pendingCommands;
    private boolean sending;
    private @Nullable String stopped;

    /**
     * @param log appends an entry and completes when it is applied; called by one thread at a time
     * @param executor never refuses a task
     */
    GroupCommit(NodeTuning tuning, Function<Batch, CompletableFuture<Void>> log, Executor executor) {
        this.tuning = tuning;
        this.log = log;
        this.executor = executor;
    }

    /** Accepted and not yet applied. */
    int pendingCommands() {
        lock.lock();
        try {
            return pendingCommands;
        } finally {
            lock.unlock();
        }
    }

    /** Whether commands of the tenant are accepted and not yet applied. */
    boolean isPending(ByteString tenant) {
        lock.lock();
        try {
            return pendingByTenant.containsKey(tenant);
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<CommandResult> submit(Command command, LoggedState.Prepared prepared) {
        var waiting = Batch.Waiting.of(command, prepared);
        int bytes = waiting.bytes();
        boolean send;
        lock.lock();
        try {
            if (stopped != null) {
                return refused(stopped + "; the command was not written");
            }
            if (pendingCommands >= tuning.pendingCommandsMax() || pendingBytes + bytes > tuning.pendingBytesMax()) {
                return refused("too many writes are pending (" + pendingCommands + " commands, " + pendingBytes
                        + " bytes); the command was not written");
            }
            // half of what may be pending at most, so that no tenant has the others' writes refused
            long ofTenant = pendingByTenant.getOrDefault(command.getTenant(), 0L) + bytes;
            if (ofTenant > Math.max(tuning.pendingBytesMax() / 2, tuning.commandBytesMax())) {
                return refused("too many writes of the tenant are pending (" + ofTenant
                        + " bytes); the command was not written");
            }
            pendingByTenant.put(command.getTenant(), ofTenant);
            queue.add(waiting);
            queuedBytes += bytes;
            pendingBytes += bytes;
            pendingCommands++;
            send = startSending();
        } finally {
            lock.unlock();
        }
        if (send) {
            // At most what may fly: a caller must not be kept sending other callers' commands for ever.
            send(tuning.entriesInFlightMax());
        }
        return waiting.future();
    }

    /**
     * Refuses further commands and fails those that have not been sent; waits for those in flight.
     *
     * @param why as the callers read it
     */
    void close(String why, long waitMillis) throws InterruptedException {
        stop(why);
        long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        lock.lockInterruptibly();
        try {
            while (!flying.isEmpty() && left > 0) {
                left = landed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #close}, but fails those in flight too: the log has stopped under them. */
    void fail(String why) {
        stop(why);
        List<Batch> lost;
        lock.lock();
        try {
            lost = List.copyOf(flying);
        } finally {
            lock.unlock();
        }
        lost.forEach(batch -> land(batch, new IllegalStateException(why)));
    }

    private void stop(String why) {
        List<Batch.Waiting> unsent = new ArrayList<>();
        lock.lock();
        try {
            if (stopped == null) {
                stopped = why;
            }
            unsent.addAll(queue.drain());
            queuedBytes = 0;
            // Without its last slice a command is never applied.
            slices.forEach(slice -> unsent.addAll(slice.waiting()));
            slices.clear();
            unsent.forEach(this::settle);
        } finally {
            lock.unlock();
        }
        for (Batch.Waiting one : unsent) {
            one.future()
                    .completeExceptionally(
                            new EngineException(RejectionCode.UNAVAILABLE, why + "; the command was not written"));
        }
    }

    /** Whether the caller has to call {@link #send}; under the lock. */
    private boolean startSending() {
        if (sending || !sendable()) {
            return false;
        }
        sending = true;
        return true;
    }

    private boolean sendable() {
        if (flying.size() >= tuning.entriesInFlightMax()) {
            return false;
        }
        return !slices.isEmpty() || (!queue.isEmpty() && (flying.isEmpty() || queuedBytes >= tuning.entryBytesGoal()));
    }

    private void send(int entriesMax) {
        for (int sent = 0; ; sent++) {
            Batch batch;
            lock.lock();
            try {
                if (!sendable()) {
                    sending = false;
                    return;
                }
                if (sent == entriesMax) {
                    executor.execute(() -> send(Integer.MAX_VALUE));
                    return;
                }
                batch = next();
                flying.add(batch);
            } finally {
                lock.unlock();
            }
            var _ = append(batch).whenComplete((done, failure) -> land(batch, failure));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the callers have to hear of it
    private CompletableFuture<Void> append(Batch batch) {
        try {
            batch.serialize();
            return log.apply(batch);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Batch next() {
        Batch slice = slices.poll();
        if (slice != null) {
            return slice;
        }
        Batch.Waiting first = queue.peek();
        if (first != null && first.bytes() > tuning.entryBytesMax()) {
            queue.remove();
            queuedBytes -= first.bytes();
            slices.addAll(Batch.slices(first, tuning.entryBytesMax()));
            return slices.remove();
        }
        List<Batch.Waiting> together = new ArrayList<>();
        long bytes = 0;
        for (Batch.Waiting one = queue.peek();
                one != null && bytes + one.bytes() <= tuning.entryBytesMax();
                one = queue.peek()) {
            together.add(queue.remove());
            bytes += one.bytes();
        }
        queuedBytes -= bytes;
        return Batch.of(together);
    }

    private void land(Batch batch, @Nullable Throwable failure) {
        boolean send;
        lock.lock();
        try {
            if (!flying.remove(batch)) {
                return; // failed already, when the log stopped
            }
            batch.waiting().forEach(this::settle);
            landed.signalAll();
            send = startSending();
        } finally {
            lock.unlock();
        }
        if (send) {
            executor.execute(() -> send(Integer.MAX_VALUE));
        }
        answer(batch, failure);
    }

    private void settle(Batch.Waiting one) {
        pendingBytes -= one.bytes();
        pendingByTenant.computeIfPresent(
                one.command().getTenant(),
                (tenant, bytes) -> bytes <= one.bytes() ? null : Long.valueOf(bytes - one.bytes()));
        pendingCommands--;
    }

    private void answer(Batch batch, @Nullable Throwable failure) {
        List<Batch.Waiting> waiting = batch.waiting();
        List<CommandResult> results = batch.results();
        for (int i = 0; i < waiting.size(); i++) {
            CompletableFuture<CommandResult> future = waiting.get(i).future();
            if (failure == null && i < results.size()) {
                CommandResult result = results.get(i);
                executor.execute(() -> future.complete(result));
            } else {
                var unknown = new EngineException(
                        RejectionCode.UNAVAILABLE, "the log stopped; the outcome is unknown: " + failure);
                executor.execute(() -> future.completeExceptionally(unknown));
            }
        }
    }

    private static CompletableFuture<CommandResult> refused(String message) {
        return CompletableFuture.failedFuture(new EngineException(RejectionCode.UNAVAILABLE, message));
    }
}
