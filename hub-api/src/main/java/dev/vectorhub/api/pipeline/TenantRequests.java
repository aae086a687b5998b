package dev.vectorhub.api.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vectorhub.tenant.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of each tenant since this process started, for the tenant itself. A tenant that has asked nothing for a day
 * is forgotten, and so are the least active beyond {@value #TENANTS_MAX}.
 */
@Singleton
public class TenantRequests {

    private static final int TENANTS_MAX = 20_000;

    private final Cache<TenantId, Map<Key, Counter>> tenants = Caffeine.newBuilder()
            .maximumSize(TENANTS_MAX)
            .expireAfterAccess(Duration.ofDays(1))
            // Its upkeep after some reads takes less than another thread takes to wake up.
            .executor(Runnable::run)
            .build();

    /**
     * What is counted apart. There are few: endpoints are the code's, and statuses are those that it answers.
     *
     * @param endpoint as {@link Arrival#at} has it
     */
    public record Key(String endpoint, int status) implements Comparable<Key> {

        /** Whether the endpoint is a gRPC method; those begin with a slash, the others with HTTP's method. */
        public boolean grpc() {
            return endpoint.startsWith("/");
        }

        @Override
        public int compareTo(Key other) {
            int order = endpoint.compareTo(other.endpoint);
            return order == 0 ? Integer.compare(status, other.status) : order;
        }
    }

    /** Requests and the time that they took. */
    public record Counted(long count, long totalNanos, long minNanos, long maxNanos) {}

    private static final class Counter {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);
        private final LongAccumulator max = new LongAccumulator(Math::max, 0);
    }

    void count(TenantId tenant, String endpoint, int status, long nanos) {
        Counter counter = tenants.get(tenant, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(new Key(endpoint, status), key -> new Counter());
        counter.count.increment();
        counter.nanos.add(nanos);
        counter.min.accumulate(nanos);
        counter.max.accumulate(nanos);
    }

    /** What has been counted of a tenant, by endpoint and status. */
    public Map<Key, Counted> of(TenantId tenant) {
        Map<Key, Counted> counted = new TreeMap<>();
        Map<Key, Counter> counters = tenants.getIfPresent(tenant);
        if (counters != null) {
            counters.forEach((key, counter) -> counted.put(
                    key, new Counted(counter.count.sum(), counter.nanos.sum(), counter.min.get(), counter.max.get())));
        }
        return counted;
    }
}
