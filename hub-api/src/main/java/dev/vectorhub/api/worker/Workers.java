package dev.vectorhub.api.worker;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts the workers. Each begins after a random part of its interval, so that hubs that were started together do not ask
 * the database together for ever after.
 */
@ApplicationScoped
class Workers {

    /** After everything that a round may need has been opened. */
    static final int LAST = 10_000;

    /** Before what the rounds use is closed. */
    static final int FIRST_TO_STOP = 1;

    private final Scheduler scheduler;
    private final Rounds rounds;
    private final List<WorkerSource> sources;
    private final SecureRandom random;
    private final boolean enabled;

    @Inject
    Workers(
            Scheduler scheduler,
            Rounds rounds,
            @All List<WorkerSource> sources,
            SecureRandom random,
            @ConfigProperty(name = "hub.worker.enabled", defaultValue = "true") boolean enabled) {
        this.scheduler = scheduler;
        this.rounds = rounds;
        this.sources = sources;
        this.random = random;
        this.enabled = enabled;
    }

    void onStart(@Observes @Priority(LAST) StartupEvent event) {
        if (!enabled) {
            return;
        }
        for (WorkerSource source : sources) {
            for (Worker worker : source.workers()) {
                schedule(worker);
            }
        }
    }

    void onStop(@Observes @Priority(FIRST_TO_STOP) ShutdownEvent event) {
        if (enabled) {
            scheduler.pause();
            rounds.stop();
        }
    }

    private void schedule(Worker worker) {
        Duration delay =
                Duration.ofMillis(1 + random.nextLong(Math.min(worker.every().toMillis(), 5_000)));
        scheduler
                .newJob(worker.name())
                .setInterval(worker.every().toString())
                .setDelayed(delay.toString())
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setTask(execution -> rounds.run(worker))
                .schedule();
    }
}
