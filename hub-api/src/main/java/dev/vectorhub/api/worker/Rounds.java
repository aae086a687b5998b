package dev.vectorhub.api.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs a worker's round. A failed one is counted, and logged at most once a minute; the next slot tries again. */
@ApplicationScoped
class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final int RUNNING_MAX = 1_000;
    private static final int STOP_SECONDS_MAX = 5;

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();
    private final Semaphore running = new Semaphore(RUNNING_MAX);

    @Inject
    Rounds(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    void run(Worker worker) {
        if (!running.tryAcquire()) {
            return;
        }
        try {
            worker.round().run();
            count(worker, "ok");
        } catch (RuntimeException e) {
            count(worker, "failed");
            if (mayLog(worker.name())) {
                LOG.warnf(e, "Worker %s failed; it is tried again every %s", worker.name(), worker.every());
            }
        } finally {
            running.release();
        }
    }

    /** Lets no further round begin and waits for those that run, within bounds. */
    void stop() {
        try {
            if (!running.tryAcquire(RUNNING_MAX, STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warnf("Workers still run after %d s; their work is taken up at the next start", STOP_SECONDS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the minute since the last line of this worker is over; takes the turn if so. */
    boolean mayLog(String worker) {
        Instant now = clock.instant();
        Instant last = logged.get(worker);
        if (last != null && now.isBefore(last.plus(QUIET))) {
            return false;
        }
        // A worker never runs twice at once, so nobody else takes this turn.
        logged.put(worker, now);
        return true;
    }

    private void count(Worker worker, String outcome) {
        Counter.builder("hub.worker.rounds")
                .description("Rounds of background work")
                .tag("worker", worker.name())
                .tag("outcome", outcome)
                .register(metrics)
                .increment();
    }
}
