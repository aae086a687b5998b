package dev.vectorhub;

import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A migrated database, as the applications see it. */
public final class ControlDatabase implements AutoCloseable {
    private static final int POOL = 24;

    private final TestDatabase database;
    private final AgroalDataSource pool;

    private ControlDatabase(TestDatabase database) {
        this.database = database;
        migrate(database);
        try {
            this.pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(configuration -> configuration
                            .maxSize(POOL)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.url())
                                    .principal(new NamePrincipal(database.appUser()))
                                    .credential(new SimplePassword(database.appPassword())))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A database of one's own, for tests that count or change what all tenants share. */
    public static ControlDatabase fresh() {
        return new ControlDatabase(TestServers.postgres());
    }

    /** One for all tests that only look at their own tenants. */
    public static ControlDatabase shared() {
        return Shared.DATABASE;
    }

    public DataSource app() {
        return pool;
    }

    public TestDatabase database() {
        return database;
    }

    /** A connection outside of the pool. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.appUser(), database.appPassword());
    }

    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(database.url(), database.superUser(), database.superPassword());
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void migrate(TestDatabase database) {
        Flyway.configure()
                .dataSource(database.url(), database.ownerUser(), database.ownerPassword())
                .defaultSchema("hub")
                .load()
                .migrate();
    }

    private static final class Shared {
        private static final ControlDatabase DATABASE = fresh();
    }
}
