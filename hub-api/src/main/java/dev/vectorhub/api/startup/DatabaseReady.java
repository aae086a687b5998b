package dev.vectorhub.api.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with the database: without it no key can be looked up and nothing be billed. */
@Readiness
@ApplicationScoped
class DatabaseReady implements HealthCheck {

    private static final int TIMEOUT_SECONDS = 2;

    private final DataSource database;

    @Inject
    DatabaseReady(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up;
        try (Connection connection = database.getConnection()) {
            up = connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException e) {
            up = false;
        }
        return HealthCheckResponse.named("database").status(up).build();
    }
}
