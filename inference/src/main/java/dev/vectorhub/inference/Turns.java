package dev.vectorhub.inference;

import dev.vectorhub.inference.InferenceException.Reason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is next. Tenants take turns, a slice of texts each, however many texts or requests one of them has waiting; the
 * requests of one tenant come one after another.
 */
final class Turns {
    /** A turn ends with the text that reaches so many tokens: some hundredths of a second. */
    static final int SLICE_TOKENS = 512;

    /** A request's texts and, as they come, their vectors. */
    static final class Job {
        final UUID tenant;
        final int[][] texts;
        final float[][] vectors;
        final CompletableFuture<float[][]> done = new CompletableFuture<>();
        // Under the lock.
        private int given;
        private int embedded;

        Job(UUID tenant, int[][] texts) {
            this.tenant = tenant;
            this.texts = texts;
            this.vectors = new float[texts.length][];
        }

        private int sliceEnd() {
            int tokens = 0;
            int end = given;
            while (end < texts.length && tokens < SLICE_TOKENS) {
                tokens += texts[end++].length;
            }
            return end;
        }
    }

    /** Texts {@code from} to {@code to}, exclusive, of a job. */
    record Slice(Job job, int from, int to) {}

    /** What a token takes until it has been measured. */
    private static final double TOKEN_NANOS_FIRST = 100_000;

    private static final double SMOOTHING = 0.1;
    private static final int RETRY_SECONDS_MAX = 60;

    private final int threads;
    private final int waitingMax;
    private final int waitingPerTenantMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    /** In the order of their turns. */
    private final LinkedHashMap<UUID, ArrayDeque<Job>> queues = new LinkedHashMap<>();

    private final Map<UUID, Integer> waiting = new HashMap<>();
    private int waitingInAll;
    private long tokensWaiting;
    private double tokenNanos = TOKEN_NANOS_FIRST;
    private boolean closed;

    /** @param threads that take slices */
    Turns(int threads, int waitingMax, int waitingPerTenantMax) {
        this.threads = threads;
        this.waitingMax = waitingMax;
        this.waitingPerTenantMax = waitingPerTenantMax;
    }

    /**
     * Takes a job in.
     *
     * @throws InferenceException where too many wait
     */
    void add(Job job) {
        lock.lock();
        try {
            int mine = waiting.getOrDefault(job.tenant, 0);
            int retry = (int) Math.clamp(1 + tokensWaiting * tokenNanos / 1e9 / threads, 1, RETRY_SECONDS_MAX);
            if (mine >= waitingPerTenantMax) {
                throw new InferenceException(
                        Reason.TENANT_BUSY,
                        retry,
                        "The tenant has " + mine
                                + " requests waiting for vectors of texts, as many as it may; retry after " + retry
                                + " s");
            }
            if (waitingInAll >= waitingMax || closed) {
                throw new InferenceException(
                        Reason.BUSY, retry, "Too many requests wait for vectors of texts; retry after " + retry + " s");
            }
            waiting.put(job.tenant, mine + 1);
            waitingInAll++;
            tokensWaiting += tokens(job, 0, job.texts.length);
            queues.computeIfAbsent(job.tenant, none -> new ArrayDeque<>(2)).add(job);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next slice, as soon as there is one; null when closed. */
    @Nullable
    Slice take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queues.isEmpty()) {
                if (closed) {
                    return null;
                }
                more.await();
            }
            Map.Entry<UUID, ArrayDeque<Job>> next = queues.pollFirstEntry();
            ArrayDeque<Job> jobs = next.getValue();
            Job job = jobs.element();
            Slice slice = new Slice(job, job.given, job.sliceEnd());
            job.given = slice.to;
            tokensWaiting -= tokens(job, slice.from, slice.to);
            if (job.given == job.texts.length) {
                jobs.remove();
            }
            if (!jobs.isEmpty()) {
                queues.putLast(next.getKey(), jobs);
            }
            return slice;
        } finally {
            lock.unlock();
        }
    }

    /** A slice's vectors are there, so many nanoseconds after it was taken. */
    void embedded(Slice slice, long nanos) {
        boolean whole;
        lock.lock();
        try {
            double measured = (double) nanos / tokens(slice.job, slice.from, slice.to);
            tokenNanos += SMOOTHING * (measured - tokenNanos);
            slice.job.embedded += slice.to - slice.from;
            whole = slice.job.embedded == slice.job.texts.length;
        } finally {
            lock.unlock();
        }
        if (whole) {
            slice.job.done.complete(slice.job.vectors);
        }
    }

    /** A job that was taken in waits no longer, whether it is done or nobody waits for it: its texts are not embedded any more. */
    void leave(Job job) {
        lock.lock();
        try {
            ArrayDeque<Job> jobs = queues.get(job.tenant);
            if (jobs != null && jobs.remove(job)) {
                tokensWaiting -= tokens(job, job.given, job.texts.length);
                if (jobs.isEmpty()) {
                    queues.remove(job.tenant);
                }
            }
            waiting.merge(job.tenant, -1, (have, less) -> have + less == 0 ? null : Integer.valueOf(have + less));
            waitingInAll--;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is taken in any more; what waits is given up. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (ArrayDeque<Job> jobs : queues.values()) {
                for (Job job : jobs) {
                    job.done.cancel(false);
                }
            }
            queues.clear();
            tokensWaiting = 0;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long tokens(Job job, int from, int to) {
        long tokens = 0;
        for (int i = from; i < to; i++) {
            tokens += job.texts[i].length;
        }
        return tokens;
    }
}
