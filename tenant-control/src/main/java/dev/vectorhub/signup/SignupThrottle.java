package dev.vectorhub.signup;

import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bounds signups per network address and per e-mail address, over all gateways: token buckets as rows, refilled evenly. An
 * attempt is one statement; the row's lock orders the gateways. Rows hold digests, no addresses, and are removed once
 * their bucket is full again.
 */
@Singleton
class SignupThrottle {
    private static final int IPV6_NETWORK_BYTES = 8;
    /** Removed with each attempt: twice what an attempt can add, so that the table shrinks to what is in use. */
    private static final int SWEPT_MAX = 2;

    private final Scoped scoped;
    private final SignupSettings settings;
    private final Clock clock;

    SignupThrottle(Scoped scoped, SignupSettings settings, Clock clock) {
        this.scoped = scoped;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts a signup from that network address, an IPv6 one by its /64.
     *
     * @return zero if it may go on, else how long to wait
     */
    Duration tryFrom(String address) {
        return take("address " + network(address), settings.perAddressPerHour(), Duration.ofHours(1));
    }

    /** Counts a signup for that e-mail address; false if there were too many. */
    boolean tryFor(String email) {
        return take("email " + email, settings.perEmailPerDay(), Duration.ofDays(1))
                .isZero();
    }

    static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            if (parsed instanceof Inet6Address) {
                // One customer has a whole /64 at least.
                return HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES));
            }
            return parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            // A proxy said something else: all of that share a bucket.
            return "unknown";
        }
    }

    private Duration take(String subject, int capacity, Duration per) {
        Instant now = clock.instant();
        byte[] digest = digest(subject);
        double secondsPerToken = (double) per.toSeconds() / capacity;
        return scoped.asSystem(tx -> {
            sweep(tx, now);
            tx.update("""
                    insert into signup_attempt (digest, tokens, refilled_at, full_at) values (?, ?, ?, ?)
                    on conflict (digest) do nothing
                    """, digest, (double) capacity, now, now);
            double tokens = tx.first(
                            row -> Math.min(
                                    capacity,
                                    row.getDouble("tokens")
                                            + seconds(Tx.instant(row, "refilled_at"), now) / secondsPerToken),
                            "select tokens, refilled_at from signup_attempt where digest = ? for update",
                            digest)
                    .orElseThrow();
            if (tokens < 1) {
                return Duration.ofMillis((long) Math.ceil((1 - tokens) * secondsPerToken * 1000));
            }
            double left = tokens - 1;
            tx.update(
                    "update signup_attempt set tokens = ?, refilled_at = ?, full_at = ? where digest = ?",
                    left,
                    now,
                    now.plusMillis((long) ((capacity - left) * secondsPerToken * 1000)),
                    digest);
            return Duration.ZERO;
        });
    }

    private static void sweep(Tx tx, Instant now) throws SQLException {
        tx.update("""
                delete from signup_attempt where digest in (
                    select digest from signup_attempt where full_at < ? order by full_at limit ? for update skip locked)
                """, now, SWEPT_MAX);
    }

    /** Gateways' clocks differ a little: time never runs backwards here. */
    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }

    private static byte[] digest(String subject) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
