package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The local half: when it asks for tokens, what it gives back, what it does without a database. */
class LeasedBucketTest {
    private static final long LIMIT = 600;

    private final ScriptedLeases leases = new ScriptedLeases();
    private long now = 1_000;
    private final LeasedBucket bucket =
            new LeasedBucket(RateSubject.ofTenant(new UUID(0, 1)), leases, () -> now, Runnable::run);

    private static final class ScriptedLeases implements Leases {
        private final List<Long> wants = new ArrayList<>();
        private @Nullable Unspent returned;
        private boolean gone;
        private long granted = Long.MAX_VALUE;
        private int gateways = 2;

        @Override
        public Lease take(RateSubject subject, long limit, long want, @Nullable Unspent unspent) {
            if (gone) {
                throw new IllegalStateException("the database is gone");
            }
            wants.add(want);
            returned = unspent;
            return new Lease(Math.min(granted, want), 77, 100, 2_500, gateways);
        }
    }

    @Test
    void aLeaseIsASecondOfTheRateAndServesManyRequests() {
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        }
        assertEquals(List.of(10L), leases.wants);
    }

    @Test
    void theNextLeaseIsFetchedBeforeTheBucketIsEmpty() {
        for (int i = 0; i < 6; i++) {
            bucket.tryConsume(1, LIMIT);
        }
        assertEquals(List.of(10L, 10L), leases.wants);
    }

    @Test
    void expiredTokensGoBack() {
        bucket.tryConsume(1, LIMIT);
        now += RateWindow.TOKEN_LIFE.toNanos();
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        assertEquals(new Leases.Unspent(77, 9), leases.returned);
    }

    @Test
    void noTokenLivesLongerThanItMay() {
        bucket.tryConsume(1, LIMIT);
        // A trickle that renews the lease again and again must not keep the first one's tokens alive.
        for (int i = 0; i < 5; i++) {
            bucket.tryConsume(1, LIMIT);
        }
        assertEquals(2, leases.wants.size());
        now += RateWindow.TOKEN_LIFE.toNanos() / 2;
        bucket.tryConsume(1, LIMIT);
        assertEquals(new Leases.Unspent(77, 10), leases.returned);
    }

    @Test
    void aUsedUpMinuteIsDeniedWithoutAskingAgain() {
        leases.granted = 1;
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        Denied denied = assertInstanceOf(Denied.class, bucket.tryConsume(1, LIMIT));
        assertEquals(LIMIT, denied.limit());
        assertEquals(3, denied.retryAfterSeconds());
        int asked = leases.wants.size();
        for (int i = 0; i < 100; i++) {
            bucket.tryConsume(1, LIMIT);
        }
        assertEquals(asked, leases.wants.size());
        now += TimeUnit.MILLISECONDS.toNanos(2_500);
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
    }

    @Test
    void aCostAboveALeaseIsLeasedAtOnceAndAboveTheLimitCountsAsTheLimit() {
        assertInstanceOf(Allowed.class, bucket.tryConsume(200, LIMIT));
        assertInstanceOf(Allowed.class, bucket.tryConsume(10_000, LIMIT));
        assertEquals(List.of(200L, 600L), leases.wants);
    }

    @Test
    void withoutADatabaseEachGatewayAdmitsItsShareAndLaterTheFloor() {
        bucket.tryConsume(1, LIMIT);
        leases.gone = true;
        long held = admittedIn(60);
        // 600 a minute over two gateways, and what was leased before.
        assertTrue(held >= 290 && held <= 320, "held: " + held);
        now += FallbackRate.HOLD_NANOS;
        long floor = admittedIn(60);
        assertTrue(floor >= 28 && floor <= 32, "floor: " + floor);
        assertInstanceOf(Denied.class, bucket.tryConsume(1, LIMIT));
    }

    @Test
    void aDatabaseThatComesBackIsUsedAgain() {
        leases.gone = true;
        admittedIn(5);
        leases.gone = false;
        now += TimeUnit.SECONDS.toNanos(2);
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        assertNull(leases.returned);
        // What was admitted on credit is taken off the lease.
        assertEquals(List.of(20L), leases.wants);
    }

    @Test
    void whatIsGivenBackServesAnotherRequest() {
        leases.granted = 1;
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        bucket.giveBack(1);
        assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        assertInstanceOf(Denied.class, bucket.tryConsume(1, LIMIT));
    }

    @Test
    void theAnswerCarriesWhatHeadersNeed() {
        Allowed allowed = assertInstanceOf(Allowed.class, bucket.tryConsume(1, LIMIT));
        assertEquals(new Allowed(Layer.TENANT, LIMIT, 109, 3), allowed);
    }

    private long admittedIn(int seconds) {
        long admitted = 0;
        for (int i = 0; i < seconds * 100; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            if (bucket.tryConsume(1, LIMIT) instanceof Allowed) {
                admitted++;
            }
        }
        return admitted;
    }
}
