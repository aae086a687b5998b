package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait to be logged: in their order within a tenant, the tenants in turns of equal bytes (deficit round robin,
 * Shreedhar and Varghese 1995), so that a tenant with a long queue delays the others by one turn and not by its queue. Not
 * thread-safe.
 */
final class TenantQueue {
    private static final int TURN_BYTES = 64 << 10;

    private final Map<ByteString, Lane> lanes = new HashMap<>();
    private final Deque<Lane> turns = new ArrayDeque<>();

    private static final class Lane {
        final ByteString tenant;
        final Deque<Batch.Waiting> waiting = new ArrayDeque<>();
        long deficit;

        Lane(ByteString tenant) {
            this.tenant = tenant;
        }

        Batch.Waiting head() {
            return waiting.element();
        }
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    void add(Batch.Waiting one) {
        Lane lane = lanes.get(one.command().getTenant());
        if (lane == null) {
            lane = new Lane(one.command().getTenant());
            lanes.put(lane.tenant, lane);
            turns.addLast(lane);
        }
        lane.waiting.add(one);
    }

    /** The next one, which {@link #remove} would take; null if none waits. */
    Batch.@Nullable Waiting peek() {
        Lane lane = turns.peekFirst();
        while (lane != null && turns.size() > 1 && lane.deficit < lane.head().bytes()) {
            lane.deficit += TURN_BYTES;
            turns.addLast(turns.removeFirst());
            lane = turns.peekFirst();
        }
        return lane == null ? null : lane.head();
    }

    Batch.Waiting remove() {
        Batch.Waiting one = peek();
        if (one == null) {
            throw new NoSuchElementException();
        }
        Lane lane = turns.getFirst();
        lane.waiting.remove();
        lane.deficit = Math.max(0, lane.deficit - one.bytes());
        if (lane.waiting.isEmpty()) {
            turns.removeFirst();
            lanes.remove(lane.tenant);
        }
        return one;
    }

    /** Takes all, in no order of tenants. */
    List<Batch.Waiting> drain() {
        List<Batch.Waiting> all = new ArrayList<>();
        turns.forEach(lane -> all.addAll(lane.waiting));
        turns.clear();
        lanes.clear();
        return all;
    }
}
