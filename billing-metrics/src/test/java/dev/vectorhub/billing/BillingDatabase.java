package dev.vectorhub.billing;

import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A migrated database of its own for a test class, and the pool that the application would have. */
public final class BillingDatabase implements AutoCloseable {
    private final TestDatabase database;
    private final AgroalDataSource app;

    private BillingDatabase(TestDatabase database) throws SQLException {
        this.database = database;
        this.app = pool(database.url(), database.appUser(), database.appPassword());
    }

    public static BillingDatabase create() {
        TestDatabase database = TestServers.postgres();
        migrate(database.url(), database.ownerUser(), database.ownerPassword());
        try {
            return new BillingDatabase(database);
        } catch (SQLException e) {
            throw new IllegalStateException("no pool for " + database.url(), e);
        }
    }

    public static void migrate(String url, String ownerUser, String ownerPassword) {
        Flyway.configure()
                .dataSource(url, ownerUser, ownerPassword)
                .defaultSchema("hub")
                .load()
                .migrate();
    }

    public static AgroalDataSource pool(String url, String user, String password) throws SQLException {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier();
        configuration
                .connectionPoolConfiguration()
                .maxSize(12)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .exceptionSorter(new PostgreSQLExceptionSorter()) // as Quarkus sets it
                .connectionFactoryConfiguration()
                .jdbcUrl(url)
                .principal(new NamePrincipal(user))
                .credential(new SimplePassword(password));
        return AgroalDataSource.from(configuration);
    }

    /** The application's connections. */
    public DataSource app() {
        return app;
    }

    public String url() {
        return database.url();
    }

    public TestDatabase raw() {
        return database;
    }

    /** Empties the billing tables, as the superuser. */
    public void clear() throws SQLException {
        execute("truncate hub.usage_event, hub.usage_record, hub.usage_total, hub.usage_source, hub.storage_gauge");
    }

    /** Runs a statement as the superuser. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** One number, past row-level security. */
    public long number(String sql, Object... arguments) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(database.url(), database.superUser(), database.superPassword());
    }

    @Override
    public void close() {
        app.close();
    }
}
