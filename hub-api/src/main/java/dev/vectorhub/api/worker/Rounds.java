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
import org.jboss.logging.Logger;

/** Runs a worker's round. A failed one is counted, and logged at most once a minute; the next slot tries again. */
@ApplicationScoped
class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();

    @Inject
    Rounds(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    void run(Worker worker) {
        try {
            worker.round().run();
            count(worker, "ok");
        } catch (RuntimeException e) {
            count(worker, "failed");
            if (mayLog(worker.name())) {
                LOG.warnf(e, "Worker %s failed; it is tried again every %s", worker.name(), worker.every());
            }
        }
    }

    /** Whether the minute since the last line of this worker is over; takes the turn if so. */
    boolean mayLog(String worker) {
        Instant now = clock.instant();
        return logged.merge(worker, now, (last, current) -> last.plus(QUIET).isAfter(current) ? last : current)
                .equals(now);
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
