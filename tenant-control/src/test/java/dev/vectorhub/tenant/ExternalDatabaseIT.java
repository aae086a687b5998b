package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** The migrations on databases that somebody else prepared. */
class ExternalDatabaseIT {

    @Test
    void repeatingTheMigrationsChangesNothing() {
        TestDatabase database = TestServers.postgres();
        int first = migrate(database, database.ownerUser(), database.ownerPassword());
        assertTrue(first >= 4, "migrations: " + first);
        assertEquals(0, migrate(database, database.ownerUser(), database.ownerPassword()));
    }

    @Test
    void anOwnerThatMayCreateTheSchemaCreatesIt() throws SQLException {
        TestDatabase database = TestServers.postgres();
        asSuperuser(database, "drop schema hub", "grant create on database " + name(database) + " to hub_owner");
        assertTrue(migrate(database, database.ownerUser(), database.ownerPassword()) >= 4);
    }

    @Test
    void theApplicationRoleMustNotMigrate() throws SQLException {
        TestDatabase database = TestServers.postgres();
        asSuperuser(database, "grant all on schema hub to hub_app");
        FlywayException refused = assertThrows(
                FlywayException.class, () -> migrate(database, database.appUser(), database.appPassword()));
        assertTrue(String.valueOf(refused.getMessage()).contains("must run as the owner role"), refused::getMessage);
    }

    private static int migrate(TestDatabase database, String user, String password) {
        return Flyway.configure()
                .dataSource(database.url(), user, password)
                .defaultSchema("hub")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static String name(TestDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static void asSuperuser(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.url(), database.superUser(), database.superPassword());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
