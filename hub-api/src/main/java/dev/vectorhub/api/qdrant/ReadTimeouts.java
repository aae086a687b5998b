package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.TenantApiException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets a caller wait no longer than it says. The read itself goes on to its end, on a thread of its own; there are few such
 * threads, and where none is free the caller waits as if it had said nothing: a timeout never costs an answer.
 */
@Singleton
class ReadTimeouts {

    private static final int THREADS_MAX = 16;
    private static final int IDLE_SECONDS = 30;

    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            THREADS_MAX,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("timed-reads-", 0).factory());

    /**
     * Reads.
     *
     * @param seconds 0 for as long as it takes
     * @param what for the message
     * @throws TenantApiException 408
     */
    <T> T within(long seconds, String what, Supplier<T> read) {
        if (seconds == 0) {
            return read.get();
        }
        Future<T> pending;
        try {
            pending = threads.submit(read::get);
        } catch (RejectedExecutionException e) {
            return read.get();
        }
        try {
            return pending.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            pending.cancel(false);
            throw new TenantApiException(
                    408, "Timeout error: Operation '" + what + "' timed out after " + seconds + " seconds");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("a read failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
