package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;

/** Counts what the pipeline refuses, by the kind of problem: {@code hub_requests_refused_total{problem}}. */
@ApplicationScoped
public class Refusals {

    private final Map<ProblemType, Counter> counters = new EnumMap<>(ProblemType.class);

    @Inject
    Refusals(MeterRegistry metrics) {
        for (ProblemType type : ProblemType.values()) {
            counters.put(
                    type,
                    Counter.builder("hub.requests.refused")
                            .description("Requests that the pipeline did not let through")
                            .tag("problem", type.slug())
                            .register(metrics));
        }
    }

    public void count(ProblemType type) {
        Counter counter = counters.get(type);
        if (counter != null) {
            counter.increment();
        }
    }
}
