package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignupThrottleTest {
    private final TestClock clock = new TestClock();
    private final SignupThrottle throttle = new SignupThrottle(
            new SignupSettings(URI.create("http://localhost"), "default", Set.of(), 4, 2, Duration.ofDays(7)), clock);

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
