package dev.vectorhub.api.pipeline;

import dev.vectorhub.billing.usage.UsageRecorder;
import dev.vectorhub.billing.usage.UsageSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the recorder of this process at the start and closes it once the last request has been answered. */
@Singleton
class UsageRecorders {

    /** Before the beans are destroyed, the engine among them, and after the server has stopped accepting. */
    static final int AFTER_REQUESTS = 100;

    private final UsageRecorder recorder;

    @Inject
    UsageRecorders(
            DataSource database,
            Clock clock,
            @ConfigProperty(name = "hub.api.node-id") String nodeId,
            @ConfigProperty(name = "storage.data_dir", defaultValue = "data") Path dataDir) {
        this.recorder = UsageRecorder.start(
                database,
                clock,
                UsageSettings.of(nodeId, dataDir.resolve("usage-spool").resolve(nodeId)));
    }

    @Produces
    @Singleton
    @Startup
    UsageRecorder recorder() {
        return recorder;
    }

    void onStop(@Observes @Priority(AFTER_REQUESTS) ShutdownEvent event) {
        recorder.close();
    }
}
