package dev.vectorhub.snapshot;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.TenantId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Does the long work of snapshots, which read and write whole collections: a little at a time, and of no tenant all of it. */
@Singleton
class SnapshotJobs {
    private static final int AT_ONCE = 2;
    private static final int WAITING_MAX = 16;
    static final int OF_TENANT_MAX = 4;
    private static final long RETRY_SECONDS = 5;
    private static final long STOP_SECONDS = 10;

    private final Map<UUID, Integer> busy = new ConcurrentHashMap<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), this::thread);

    private Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name("snapshots-" + threads.incrementAndGet())
                .unstarted(work);
    }

    /**
     * Reserves a place for one piece of work of the tenant's; closed, unless its work is submitted.
     *
     * @throws ProblemException {@code rate-limited} where the tenant has as many as it may
     */
    Place place(TenantId tenant) {
        int of = busy.merge(tenant.value(), 1, Integer::sum);
        Place place = new Place(tenant.value());
        if (of > OF_TENANT_MAX) {
            place.close();
            throw new ProblemException(
                    ProblemType.RATE_LIMITED,
                    "At most " + OF_TENANT_MAX + " snapshots of a tenant are made or restored at once; retry after "
                            + RETRY_SECONDS + " s",
                    Map.of("limit", OF_TENANT_MAX, "retryAfterSeconds", RETRY_SECONDS));
        }
        return place;
    }

    /** Closed once; by whoever ends the work. */
    final class Place implements AutoCloseable {
        private final UUID tenant;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Place(UUID tenant) {
            this.tenant = tenant;
        }

        /** Does the work as soon as a thread is free, and gives the place back. */
        <T> CompletableFuture<T> run(Callable<T> work) {
            CompletableFuture<T> done = new CompletableFuture<>();
            try {
                executor.execute(() -> {
                    try (this) {
                        done.complete(work.call());
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                close();
                done.completeExceptionally(new ProblemException(
                        ProblemType.UNAVAILABLE, "Too many snapshots are being made or restored; retry"));
            }
            return done;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                busy.computeIfPresent(tenant, (id, of) -> of > 1 ? Integer.valueOf(of - 1) : null);
            }
        }
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
        try {
            boolean _ = executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
