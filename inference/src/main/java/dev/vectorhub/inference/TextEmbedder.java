package dev.vectorhub.inference;

import ai.onnxruntime.OrtException;
import dev.vectorhub.inference.InferenceException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Embeds the texts of many tenants with all-MiniLM-L6-v2, on a few threads of its own. Tenants take turns ({@link Turns}); how
 * many requests wait is bounded, for each tenant and in all. The model is loaded when the first text comes: some 150 MB with
 * what its runs need.
 */
public final class TextEmbedder implements AutoCloseable {
    /** The model's name, as its makers write it. */
    public static final String MODEL = "sentence-transformers/all-MiniLM-L6-v2";

    /** Components of a vector. */
    public static final int SIZE = MiniLm.SIZE;

    private final int threads;
    private final Turns turns;
    private final List<Thread> workers = new ArrayList<>();
    private final Object loading = new Object();
    private @Nullable WordPiece tokenizer;
    private @Nullable MiniLm model;

    /**
     * An embedder that has nothing loaded and no thread started yet.
     *
     * @param threads that compute, each with one core at most
     * @param waitingMax requests that wait at once, of all tenants
     * @param waitingPerTenantMax of one tenant
     */
    public TextEmbedder(int threads, int waitingMax, int waitingPerTenantMax) {
        if (threads < 1 || waitingMax < 1 || waitingPerTenantMax < 1) {
            throw new IllegalArgumentException("threads and requests that wait are at least 1");
        }
        this.threads = threads;
        this.turns = new Turns(threads, waitingMax, waitingPerTenantMax);
    }

    /** A text as the model reads it: what it is billed by is its length. */
    public int[] tokens(String text) {
        return tokenizer().tokens(text);
    }

    /**
     * The vectors of texts, of length one and {@value #SIZE} components each. Blocks until all of them are there.
     *
     * @param texts as {@link #tokens} gives them; at least one
     * @param atMost how long
     * @throws InferenceException where there is no room, or no vector in time; nothing is done for the request any more then
     */
    public float[][] embed(UUID tenant, int[][] texts, Duration atMost) {
        start();
        Turns.Job job = new Turns.Job(tenant, texts);
        turns.add(job);
        try {
            return job.done.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new InferenceException(
                    Reason.LATE, 1, "The texts could not be embedded within " + atMost.toSeconds() + " s");
        } catch (CancellationException e) {
            throw new InferenceException(Reason.BUSY, 1, "The hub is shutting down");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InferenceException known) {
                throw known;
            }
            throw new IllegalStateException("the model failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceException(Reason.BUSY, 1, "The request was given up");
        } finally {
            turns.leave(job);
        }
    }

    private WordPiece tokenizer() {
        synchronized (loading) {
            WordPiece known = tokenizer;
            if (known == null) {
                try {
                    known = MiniLm.tokenizer();
                } catch (IOException e) {
                    throw new UncheckedIOException("the vocabulary cannot be read", e);
                }
                tokenizer = known;
            }
            return known;
        }
    }

    private void start() {
        synchronized (loading) {
            while (workers.size() < threads) {
                workers.add(Thread.ofPlatform()
                        .daemon()
                        .name("inference-" + workers.size())
                        .start(this::work));
            }
        }
    }

    /** @throws InferenceException where the machine has no runtime for it */
    private MiniLm model() {
        synchronized (loading) {
            MiniLm known = model;
            if (known == null) {
                try {
                    known = MiniLm.load();
                } catch (OrtException | IOException | LinkageError e) {
                    throw new InferenceException("The model " + MODEL + " cannot be run on this machine", e);
                }
                model = known;
            }
            return known;
        }
    }

    private void work() {
        try {
            for (Turns.Slice slice = turns.take(); slice != null; slice = turns.take()) {
                try {
                    embed(slice);
                } catch (RuntimeException | OrtException | Error e) {
                    slice.job().done.completeExceptionally(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void embed(Turns.Slice slice) throws OrtException {
        Turns.Job job = slice.job();
        if (job.done.isDone()) {
            return;
        }
        MiniLm ready = model();
        long begin = System.nanoTime();
        for (int i = slice.from(); i < slice.to(); i++) {
            job.vectors[i] = ready.embed(job.texts[i]);
        }
        turns.embedded(slice, System.nanoTime() - begin);
    }

    @Override
    public void close() {
        turns.close();
        List<Thread> started;
        synchronized (loading) {
            started = List.copyOf(workers);
        }
        for (Thread worker : started) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        synchronized (loading) {
            if (model != null) {
                model.close();
                model = null;
            }
        }
    }
}
