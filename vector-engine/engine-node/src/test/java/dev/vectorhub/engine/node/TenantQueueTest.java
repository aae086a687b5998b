package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.SetPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each tenant's commands in their order, the tenants in turns. */
class TenantQueueTest {
    private static final int TURN_BYTES = 64 << 10;

    private static Batch.Waiting command(int tenant, int bytes) {
        return Batch.Waiting.of(
                Command.newBuilder()
                        .setTenant(ByteString.copyFromUtf8("t" + tenant))
                        .setSetPayload(SetPayload.newBuilder().setPayload(ByteString.copyFrom(new byte[bytes])))
                        .build(),
                index -> 0);
    }

    @Test
    void everyTenantKeepsItsOrderAndNothingIsLost() {
        var random = new Random(11);
        var queue = new TenantQueue();
        Map<ByteString, List<Batch.Waiting>> given = new HashMap<>();
        Map<ByteString, List<Batch.Waiting>> taken = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            if (random.nextInt(3) > 0) {
                Batch.Waiting one = command(random.nextInt(5), random.nextInt(200_000));
                given.computeIfAbsent(one.command().getTenant(), t -> new ArrayList<>())
                        .add(one);
                queue.add(one);
            } else if (!queue.isEmpty()) {
                Batch.Waiting next = queue.peek();
                Batch.Waiting one = queue.remove();
                assertSame(next, one);
                taken.computeIfAbsent(one.command().getTenant(), t -> new ArrayList<>())
                        .add(one);
            }
        }
        while (!queue.isEmpty()) {
            Batch.Waiting one = queue.remove();
            taken.computeIfAbsent(one.command().getTenant(), t -> new ArrayList<>())
                    .add(one);
        }
        assertEquals(given, taken);
        assertNull(queue.peek());
    }

    @Test
    void aLongQueueDelaysOthersByATurn() {
        var queue = new TenantQueue();
        for (int i = 0; i < 1000; i++) {
            queue.add(command(1, 10_000));
        }
        queue.add(command(2, 10_000));
        long before = 0;
        Batch.Waiting one = queue.remove();
        while (one.command().getTenant().toStringUtf8().equals("t1")) {
            before += one.bytes();
            one = queue.remove();
        }
        assertTrue(before <= 2 * TURN_BYTES, "waited for " + before + " bytes");
        assertEquals(1000 - before / queue.remove().bytes() - 1, queue.drain().size());
    }
}
