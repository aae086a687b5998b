package dev.vectorhub.signup;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bounds signups per network address and per e-mail address. In memory: with N gateways the bounds are N times as high,
 * and a restart forgets. At most {@value #ADDRESSES_MAX} addresses are remembered; the least used are forgotten first.
 */
@Singleton
class SignupThrottle {
    private static final int ADDRESSES_MAX = 100_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final LoadingCache<String, Bucket> byAddress;
    private final LoadingCache<String, Bucket> byEmail;

    SignupThrottle(SignupSettings settings, Clock clock) {
        this.byAddress = buckets(settings.perAddressPerHour(), Duration.ofHours(1), clock);
        this.byEmail = buckets(settings.perEmailPerDay(), Duration.ofDays(1), clock);
    }

    /**
     * Counts a signup from that network address, an IPv6 one by its /64.
     *
     * @return zero if it may go on, else how long to wait
     */
    Duration tryFrom(String address) {
        ConsumptionProbe probe = byAddress.get(network(address)).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** Counts a signup for that e-mail address; false if there were too many. */
    boolean tryFor(String email) {
        return byEmail.get(email).tryConsume(1);
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

    private static LoadingCache<String, Bucket> buckets(int capacity, Duration per, Clock clock) {
        TimeMeter meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return now.getEpochSecond() * 1_000_000_000L + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
        return Caffeine.newBuilder()
                .maximumSize(ADDRESSES_MAX)
                .expireAfterAccess(per)
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, per))
                        .withCustomTimePrecision(meter)
                        .build());
    }
}
