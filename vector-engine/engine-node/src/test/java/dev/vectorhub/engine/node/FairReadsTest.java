package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.Patience;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A tenant's reads wait for its own, not for another's queue. */
class FairReadsTest {
    private static final ByteString NOISY = ByteString.copyFromUtf8("noisy");
    private static final ByteString QUIET = ByteString.copyFromUtf8("quiet");

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();

    /** Starts a read and returns once it runs or waits. */
    private void start(FairReads reads, ByteString tenant, CountDownLatch hold) throws InterruptedException {
        Thread thread = Thread.ofPlatform()
                .start(() -> reads.run(tenant, () -> {
                    order.add(tenant.toStringUtf8());
                    return awaited(hold);
                }));
        threads.add(thread);
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.sleep(1);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void joinAll() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void anotherTenantsQueueIsPassed() throws Exception {
        var reads = new FairReads(1, 100, System::nanoTime);
        var hold = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            start(reads, NOISY, hold);
        }
        start(reads, QUIET, hold);
        hold.countDown();
        joinAll();
        assertEquals(7, order.size());
        assertTrue(order.indexOf("quiet") <= 2, order::toString);
    }

    @Test
    void aPlaceStaysFreeForOthersThatWereHereLately() throws Exception {
        var reads = new FairReads(2, 100, System::nanoTime);
        assertEquals(1, reads.run(QUIET, () -> 1));
        var hold = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            start(reads, NOISY, hold);
        }
        assertEquals(List.of("noisy"), order, "one place is left");
        assertEquals(2, reads.run(QUIET, () -> 2));
        hold.countDown();
        joinAll();
        assertEquals(4, order.size());
    }

    @Test
    void aTenantAloneHasAllPlacesAndABoundedQueue() throws Exception {
        var reads = new FairReads(2, 1, System::nanoTime);
        var hold = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            start(reads, NOISY, hold);
        }
        assertEquals(List.of("noisy", "noisy"), order);
        assertThrows(EngineException.class, () -> reads.run(NOISY, () -> 1));
        hold.countDown();
        joinAll();
    }

    @Test
    void aReadThatFailsGivesItsPlaceBack() {
        var reads = new FairReads(1, 1, System::nanoTime);
        var calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> reads.run(NOISY, () -> {
                        calls.incrementAndGet();
                        throw new IllegalStateException();
                    }));
        }
        assertEquals(3, calls.get());
    }

    @Test
    void aReadThatNobodyWaitsForGivesUpItsTurn() throws Exception {
        var reads = new FairReads(1, 100, System::nanoTime);
        var hold = new CountDownLatch(1);
        start(reads, NOISY, hold);
        var refused = assertThrows(
                EngineException.class, () -> Patience.of(1, () -> true).during(() -> reads.run(QUIET, () -> 1)));
        assertEquals(RejectionCode.CANCELLED, refused.code());
        hold.countDown();
        joinAll();
        assertEquals(2, reads.run(QUIET, () -> 2), "nothing waits any longer");
    }
}
