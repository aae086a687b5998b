package dev.vectorhub.api.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Collects what the {@link ProductionReadinessCheck} beans find, logs each finding with its property, and stops the start
 * when one is {@link Finding.Severity#FATAL}, or {@link Finding.Severity#SEVERE} in production.
 */
@ApplicationScoped
class ProductionReadinessChecks {

    private static final Logger LOG = Logger.getLogger(ProductionReadinessChecks.class);

    /** Before every other observer of the start: nothing is opened on a configuration that is refused. */
    static final int FIRST = 1;

    private final List<ProductionReadinessCheck> checks;

    @Inject
    ProductionReadinessChecks(@All List<ProductionReadinessCheck> checks) {
        this.checks = checks;
    }

    void onStart(@Observes @Priority(FIRST) StartupEvent event) {
        List<Finding> found = new ArrayList<>();
        for (ProductionReadinessCheck check : checks) {
            found.addAll(check.findings());
        }
        List<Finding> stopping = decide(found, LaunchMode.current() == LaunchMode.NORMAL);
        for (Finding finding : found) {
            if (stopping.contains(finding)) {
                LOG.errorf("%s: %s", finding.property(), finding.message());
            } else {
                LOG.warnf("%s: %s", finding.property(), finding.message());
            }
        }
        if (!stopping.isEmpty()) {
            Finding first = stopping.getFirst();
            throw new IllegalStateException("Not started: " + first.property() + ": " + first.message()
                    + (stopping.size() > 1 ? " (and " + (stopping.size() - 1) + " more, see the log)" : ""));
        }
    }

    /** Which of the findings stop the start. */
    static List<Finding> decide(List<Finding> found, boolean production) {
        return found.stream()
                .filter(finding -> finding.severity() == Finding.Severity.FATAL
                        || (production && finding.severity() == Finding.Severity.SEVERE))
                .toList();
    }
}
