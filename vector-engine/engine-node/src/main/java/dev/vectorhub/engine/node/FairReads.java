package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.core.kernel.Turns;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.Patience;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many reads run as there are processors, the tenants in fair turns of the time that their reads take (start-time fair
 * queueing, Goyal, Vin and Cheng 1996). A read that finds a place runs at once. While other tenants were here within the last
 * second, one tenant never holds all places, so that the others' reads need not wait for one of its to end. A tenant that then
 * has several reads at a time takes long {@link Turns}: the others' pass before it at the processor too.
 */
final class FairReads {
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final int FLOWS_KEPT_MAX = 4096;
    private static final double LEARNING_RATE = 0.1;

    private final int places;
    private final int waitingMax;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteString, Flow> flows = new HashMap<>();
    /** Flows with reads that wait. */
    private final List<Flow> waitingFlows = new ArrayList<>();

    private int running;
    private double virtualNanos;
    private @Nullable Flow latest;
    private @Nullable Flow latestOther;

    /** A tenant's reads. */
    private static final class Flow {
        final Deque<Waiter> waiting = new ArrayDeque<>();
        int running;
        double finishNanos;
        double estimateNanos = 100_000;
        long lastSeenNanos;

        boolean isBusy() {
            return running > 0 || !waiting.isEmpty();
        }
    }

    private static final class Waiter {
        final double start;
        final Condition turn;
        boolean admitted;

        Waiter(double start, Condition turn) {
            this.start = start;
            this.turn = turn;
        }
    }

    /**
     * @param places reads that run at a time
     * @param waitingMax reads of one tenant that wait; more are refused
     */
    FairReads(int places, int waitingMax, LongSupplier nanoTime) {
        this.places = places;
        this.waitingMax = waitingMax;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads when its turn comes.
     *
     * @throws EngineException {@code UNAVAILABLE} if too many of the tenant's reads wait, or this one did for too long;
     *     {@code CANCELLED} if its caller's {@link Patience} was over first
     */
    <T> T run(ByteString tenant, Supplier<T> read) {
        Turns.shorten();
        Flow flow = enter(tenant);
        long begin = nanoTime.getAsLong();
        try {
            return read.get();
        } finally {
            long nanos = nanoTime.getAsLong() - begin;
            Turns.shorten();
            leave(flow, nanos);
        }
    }

    /** Whether others than the tenant have read within the last second. */
    boolean othersRead(ByteString tenant) {
        lock.lock();
        try {
            return othersAreHere(flows.get(tenant));
        } finally {
            lock.unlock();
        }
    }

    private Flow enter(ByteString tenant) {
        lock.lock();
        try {
            Flow flow = flows.computeIfAbsent(tenant, made -> new Flow());
            seen(flow);
            if (flow.isBusy() && othersAreHere(flow)) {
                // before it waits: it should not pass others when it is woken
                Turns.lengthen();
            }
            double start = Math.max(virtualNanos, flow.finishNanos);
            if (waitingFlows.isEmpty() && mayRun(flow)) {
                admit(flow, start);
                flow.finishNanos = start + flow.estimateNanos;
            } else {
                queue(flow, start);
            }
            return flow;
        } finally {
            lock.unlock();
        }
    }

    private void queue(Flow flow, double start) {
        if (flow.waiting.size() >= waitingMax) {
            throw new EngineException(
                    RejectionCode.UNAVAILABLE, "the tenant has " + waitingMax + " reads waiting; try again later");
        }
        flow.finishNanos = start + flow.estimateNanos;
        Waiter waiter = new Waiter(start, lock.newCondition());
        if (flow.waiting.isEmpty()) {
            waitingFlows.add(flow);
        }
        flow.waiting.add(waiter);
        // those that wait may be of a tenant that has its share
        dispatch();
        await(flow, waiter);
    }

    private void seen(Flow flow) {
        flow.lastSeenNanos = nanoTime.getAsLong();
        if (latest != flow) {
            latestOther = latest;
            latest = flow;
        }
    }

    private void await(Flow flow, Waiter waiter) {
        Patience patience = Patience.current();
        long left = Math.min(WAIT_NANOS_MAX, patience.nanosLeft());
        boolean interrupted = false;
        while (!waiter.admitted && left > 0 && !interrupted) {
            try {
                left = waiter.turn.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
        }
        if (!waiter.admitted) {
            flow.waiting.remove(waiter);
            if (flow.waiting.isEmpty()) {
                waitingFlows.remove(flow);
            }
            if (patience.isOver()) {
                throw new EngineException(RejectionCode.CANCELLED, "nobody waits for the read any longer");
            }
            throw new EngineException(
                    RejectionCode.UNAVAILABLE,
                    interrupted ? "the read was interrupted" : "the read waited too long for its turn");
        }
    }

    private boolean mayRun(Flow flow) {
        return running < places && (flow.running < places - 1 || !othersAreHere(flow));
    }

    /** The last tenant but this one that came tells: all others came before it. */
    private boolean othersAreHere(@Nullable Flow flow) {
        Flow other = latest == flow ? latestOther : latest;
        return places > 1
                && other != null
                && (other.isBusy() || nanoTime.getAsLong() - other.lastSeenNanos < RECENT_NANOS);
    }

    private void admit(Flow flow, double start) {
        running++;
        flow.running++;
        virtualNanos = Math.max(virtualNanos, start);
    }

    private void leave(Flow flow, long nanos) {
        lock.lock();
        try {
            running--;
            flow.running--;
            flow.finishNanos += nanos - flow.estimateNanos;
            flow.estimateNanos += LEARNING_RATE * (nanos - flow.estimateNanos);
            dispatch();
            if (flows.size() > FLOWS_KEPT_MAX) {
                forgetIdle();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives free places to those whose turn it is, passing over tenants that have their share. */
    private void dispatch() {
        while (running < places) {
            Flow next = null;
            for (Flow flow : waitingFlows) {
                if (mayRun(flow) && (next == null || flow.waiting.element().start < next.waiting.element().start)) {
                    next = flow;
                }
            }
            if (next == null) {
                return;
            }
            Waiter waiter = next.waiting.remove();
            if (next.waiting.isEmpty()) {
                waitingFlows.remove(next);
            }
            waiter.admitted = true;
            admit(next, waiter.start);
            waiter.turn.signal();
        }
    }

    private void forgetIdle() {
        long now = nanoTime.getAsLong();
        for (Iterator<Flow> all = flows.values().iterator(); all.hasNext(); ) {
            Flow flow = all.next();
            if (!flow.isBusy() && now - flow.lastSeenNanos >= RECENT_NANOS) {
                all.remove();
            }
        }
    }
}
