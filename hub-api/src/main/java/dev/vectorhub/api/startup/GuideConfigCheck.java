package dev.vectorhub.api.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Finds keys below the guide's roots that nothing reads; see {@link GuideKeys}. */
@ApplicationScoped
class GuideConfigCheck implements ProductionReadinessCheck {

    private final Config config;

    @Inject
    GuideConfigCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            // The environment holds other programs' names too (SERVER_NAME, CACHE_DIR): not ours to judge.
            if (source.getName().contains("EnvConfigSource")) {
                continue;
            }
            for (String key : source.getPropertyNames()) {
                GuideKeys.complaint(key)
                        .ifPresent(complaint -> findings.add(
                                new Finding(Finding.Severity.FATAL, key, complaint + " in " + source.getName())));
            }
        }
        return findings;
    }
}
