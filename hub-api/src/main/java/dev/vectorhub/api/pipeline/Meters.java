package dev.vectorhub.api.pipeline;

import dev.vectorhub.metrics.OperationalMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Registers the meters that the scaling guide names with this process's registry. */
@Dependent
class Meters {

    @Produces
    @Singleton
    OperationalMetrics operational(MeterRegistry registry) {
        return new OperationalMetrics(registry);
    }
}
