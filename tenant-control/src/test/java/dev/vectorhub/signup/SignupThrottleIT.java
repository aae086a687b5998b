package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SignupThrottleIT {
    private final Control control = Control.shared();
    private final TestClock clock = control.clock;
    private final SignupThrottle throttle = gateway();

    private SignupThrottle gateway() {
        return new SignupThrottle(
                control.scoped,
                new SignupSettings(URI.create("http://localhost"), "default", Set.of(), 4, 2, Duration.ofDays(7)),
                clock);
    }

    @Test
    void gatewaysCountTogether() throws Exception {
        SignupThrottle other = gateway();
        int admitted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Duration>> attempts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                SignupThrottle one = i % 2 == 0 ? throttle : other;
                attempts.add(threads.submit(() -> one.tryFrom("198.51.100.7")));
            }
            for (Future<Duration> attempt : attempts) {
                admitted += attempt.get().isZero() ? 1 : 0;
            }
        }
        assertEquals(4, admitted);
    }

    @Test
    void fullBucketsAreForgotten() {
        assertEquals(Duration.ZERO, throttle.tryFrom("198.51.100.8"));
        clock.advance(Duration.ofDays(2));
        // Each attempt removes some; other tests' rows are among them.
        for (int i = 0; i < 1_000 && stale() > 0; i++) {
            clock.advance(Duration.ofHours(1));
            assertEquals(Duration.ZERO, throttle.tryFrom("198.51.100.9"));
        }
        assertEquals(0, stale());
    }

    private long stale() {
        return control.scoped
                .asSystem(tx -> tx.first(
                        row -> row.getLong(1),
                        "select count(*) from signup_attempt where full_at < ?",
                        clock.instant().minus(Duration.ofDays(1))))
                .orElseThrow();
    }

    @Test
    void anAddressMayWaitForItsNextTurn() {
        for (int i = 0; i < 4; i++) {
            assertEquals(Duration.ZERO, throttle.tryFrom("203.0.113.1"));
        }
        Duration wait = throttle.tryFrom("203.0.113.1");
        assertTrue(wait.isPositive() && wait.compareTo(Duration.ofMinutes(15)) <= 0, wait.toString());
        assertEquals(Duration.ZERO, throttle.tryFrom("203.0.113.2"));
        clock.advance(wait);
        assertEquals(Duration.ZERO, throttle.tryFrom("203.0.113.1"));
        assertTrue(throttle.tryFrom("203.0.113.1").isPositive());
    }

    @Test
    void anIpv6CustomerIsOneAddress() {
        assertEquals(SignupThrottle.network("2001:db8:1:2::1"), SignupThrottle.network("2001:db8:1:2:ffff::9"));
        assertNotEquals(SignupThrottle.network("2001:db8:1:2::1"), SignupThrottle.network("2001:db8:1:3::1"));
        assertEquals("unknown", SignupThrottle.network("not an address"));
        assertEquals("unknown", SignupThrottle.network("localhost"));
    }

    @Test
    void mailsToOneAddressAreBounded() {
        assertTrue(throttle.tryFor("a@b.example"));
        assertTrue(throttle.tryFor("a@b.example"));
        assertFalse(throttle.tryFor("a@b.example"));
        clock.advance(Duration.ofHours(12));
        assertTrue(throttle.tryFor("a@b.example"));
    }
}
