package dev.vectorhub.api.pipeline;

import dev.vectorhub.metrics.OperationalMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Registers the meters that the scaling guide names with this process's registry. */
@Dependent
class Meters {

    @Produces
    @Singleton
    OperationalMetrics operational(MeterRegistry registry) {
        ProcessHandle process = ProcessHandle.current();
        FunctionCounter.builder("process.cpu.seconds", process, Meters::cpuSeconds)
                .description("CPU time that the process has used, in user and system mode")
                .register(registry);
        return new OperationalMetrics(registry);
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
    }
}
