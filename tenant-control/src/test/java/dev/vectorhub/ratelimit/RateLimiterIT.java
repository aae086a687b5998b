package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Counted;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Limiters on one real database, with a clock that the test moves. */
class RateLimiterIT {
    private static final long LIMIT = 1_000;
    private static final long MINUTE_MILLIS = 60_000;

    // Its own: the gateways of other tests would share the limits.
    private static final ControlDatabase DATABASE = ControlDatabase.fresh();

    private final Control control = new Control(DATABASE);
    private final Counted counted = new Counted(control.database().app());
    private final TenantScope tenant =
            Control.scope(new TenantId(control.ids.next()), new Limits(1, 1, 1, LIMIT), List.of());

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void twoGatewaysTogetherKeepTheLimitInEveryMinute() {
        RateLimiter one = gateway();
        RateLimiter two = gateway();
        Random random = new Random(42);
        Window window = new Window();
        for (int step = 0; step < 6_000; step++) {
            control.clock.advance(Duration.ofMillis(50));
            // Rushes and lulls, on one gateway or on both.
            boolean rush = (step / 200) % 3 != 0;
            for (int i = rush ? random.nextInt(8) : 0; i > 0; i--) {
                window.count(step * 50L, (random.nextInt(3) == 0 ? one : two).tryConsume(tenant, 1));
            }
        }
        assertTrue(window.most <= LIMIT * 105 / 100, "most in a minute: " + window.most);
        assertTrue(window.most >= LIMIT * 95 / 100, "the demand reached the limit: " + window.most);
        assertTrue(window.denied > 0);
    }

    @Test
    void steadyDemandGetsAtLeast95PerCent() {
        RateLimiter one = gateway();
        long admitted = 0;
        int minutes = 4;
        for (int step = 0; step < minutes * 60 * 20; step++) {
            control.clock.advance(Duration.ofMillis(50));
            // 1200 a minute is wished for.
            if (one.tryConsume(tenant, 1) instanceof Allowed) {
                admitted++;
            }
        }
        assertTrue(admitted >= minutes * LIMIT * 95 / 100, "admitted " + admitted + " in " + minutes + " minutes");
        assertTrue(admitted <= minutes * LIMIT);
    }

    @Test
    void demandBelowTheLimitIsNeverDenied() {
        RateLimiter one = gateway();
        RateLimiter two = gateway();
        for (int step = 0; step < 3 * 60 * 5; step++) {
            control.clock.advance(Duration.ofMillis(200));
            // 300 a minute each: leases end half used, and what is left must not count.
            assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
            assertInstanceOf(Allowed.class, two.tryConsume(tenant, 1));
        }
    }

    @Test
    void theDatabaseIsAskedOnceASecondAndNotOnceARequest() {
        RateLimiter one = gateway();
        long before = counted.connections();
        int requests = 0;
        for (int step = 0; step < 60 * 100; step++) {
            control.clock.advance(Duration.ofMillis(10));
            requests += one.tryConsume(tenant, 1) instanceof Allowed ? 1 : 0;
        }
        long asked = counted.connections() - before;
        assertEquals(LIMIT, requests);
        assertTrue(asked <= 140, asked + " leases for " + requests + " requests");
    }

    @Test
    void withoutADatabaseRequestsGoOnAtTheSharedRate() {
        control.scoped.doAsSystem(tx -> tx.update("delete from gateway_presence"));
        RateLimiter one = gateway();
        gateway().tryConsume(tenant, 1);
        // One learns of the other with its first lease.
        assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
        counted.gone(true);
        long admitted = 0;
        for (int step = 0; step < 60 * 20; step++) {
            control.clock.advance(Duration.ofMillis(50));
            admitted += one.tryConsume(tenant, 1) instanceof Allowed ? 1 : 0;
        }
        assertTrue(admitted >= 400 && admitted <= 550, "half of 1000, more or less: " + admitted);
        counted.gone(false);
        control.clock.advance(Duration.ofSeconds(2));
        assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
    }

    @Test
    void idleTenantsAreForgotten() {
        RateLimiter one = gateway();
        one.tryConsume(tenant, 1);
        assertEquals(1, one.activeSubjects());
        control.clock.advance(Duration.ofMinutes(3));
        assertEquals(0, one.activeSubjects());
    }

    @Test
    void manyThreadsOnOneTenantGetExactlyTheLimit() throws Exception {
        TenantScope small = Control.scope(new TenantId(control.ids.next()), new Limits(1, 1, 1, 120), List.of());
        PostgresLeases leases = leases();
        int admitted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RateLimiter one = new RateLimiter(leases, this::nanos, threads, 0);
            List<Future<RateLimitDecision>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(threads.submit(() -> one.tryConsume(small, 1)));
            }
            for (Future<RateLimitDecision> call : calls) {
                admitted += call.get() instanceof Allowed ? 1 : 0;
            }
        }
        assertTrue(admitted > 0 && admitted <= 120, "admitted " + admitted);
    }

    @Test
    void tokensOfTextsHaveAMinuteOfTheirOwnOverAllGateways() {
        TenantScope writer = Control.scope(new TenantId(control.ids.next()), new Limits(1, 1, 1, 10, 1_000), List.of());
        RateLimiter one = gateway();
        RateLimiter two = gateway();
        assertTrue(one.tryEmbed(writer, 600) instanceof Allowed);
        assertTrue(two.tryEmbed(writer, 300) instanceof Allowed);
        RateLimitDecision third = two.tryEmbed(writer, 300);
        assertTrue(third instanceof Denied denied && denied.layer() == Layer.TEXTS && denied.limit() == 1_000);
        assertTrue(one.tryConsume(writer, 10) instanceof Allowed, "requests are counted apart");
        control.clock.advance(Duration.ofSeconds(63));
        assertTrue(two.tryEmbed(writer, 1_000) instanceof Allowed);
    }

    @Test
    void aKeysOwnLimitHoldsOverAllGatewaysAndLeavesTheTenantsToOthers() {
        RateLimiter one = gateway();
        RateLimiter two = gateway();
        TenantScope narrow = key(60);
        TenantScope other = key(0);
        int admitted = 0;
        Denied refused = null;
        for (int i = 0; i < 100; i++) {
            RateLimitDecision decision = (i % 2 == 0 ? one : two).tryConsume(narrow, 1);
            if (decision instanceof Denied denied) {
                refused = denied;
            } else {
                admitted++;
            }
        }
        assertEquals(60, admitted);
        assertEquals(Layer.KEY, Objects.requireNonNull(refused).layer());
        assertEquals(60, refused.limit());
        Allowed allowed = assertInstanceOf(Allowed.class, one.tryConsume(other, 1));
        assertEquals(Layer.TENANT, allowed.layer());
    }

    @Test
    void whatTheTenantsLimitRefusesIsNotTakenFromTheKeys() {
        RateLimiter one = gateway();
        TenantScope narrow = key(LIMIT * 2);
        long admitted = 0;
        while (one.tryConsume(narrow, 1) instanceof Allowed) {
            admitted++;
        }
        assertEquals(LIMIT, admitted);
        for (int i = 0; i < LIMIT; i++) {
            assertEquals(Layer.TENANT, one.tryConsume(narrow, 1).layer());
        }
    }

    @Test
    void theNodesCeilingComesLastAndGivesBack() {
        RateLimiter one = gateway(120);
        Allowed first = assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
        assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
        for (int i = 0; i < 2 * LIMIT; i++) {
            Denied denied = assertInstanceOf(Denied.class, one.tryConsume(tenant, 1));
            assertEquals(Layer.NODE, denied.layer());
            assertEquals(120, denied.limit());
        }
        control.clock.advance(Duration.ofMillis(500));
        Allowed again = assertInstanceOf(Allowed.class, one.tryConsume(tenant, 1));
        assertTrue(again.remaining() >= first.remaining() - 12, "refused requests cost the tenant nothing: " + again);
    }

    private TenantScope key(long limit) {
        return new TenantScope(
                tenant.tenant(),
                tenant.organisation(),
                tenant.state(),
                tenant.isolation(),
                tenant.limits(),
                control.ids.next(),
                tenant.scopes(),
                List.of(),
                limit);
    }

    private RateLimiter gateway(long nodeLimit) {
        return new RateLimiter(leases(), this::nanos, Runnable::run, nodeLimit);
    }

    private RateLimiter gateway() {
        return gateway(0);
    }

    private PostgresLeases leases() {
        return new PostgresLeases(new Scoped(counted), UUID.randomUUID(), databaseTime -> control.clock.instant());
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, control.clock.instant()).toNanos();
    }

    /** Counts what any 60 seconds admit. */
    private static final class Window {
        private final Deque<Long> admitted = new ArrayDeque<>();
        private int most;
        private int denied;

        void count(long millis, RateLimitDecision decision) {
            if (decision instanceof Denied) {
                denied++;
                return;
            }
            admitted.addLast(millis);
            while (admitted.getFirst() <= millis - MINUTE_MILLIS) {
                admitted.removeFirst();
            }
            most = Math.max(most, admitted.size());
        }
    }
}
