package dev.vectorhub.console;

import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import org.flywaydb.core.Flyway;

/** A database of one's own with all migrations applied. */
public final class Schema {
    private Schema() {}

    public static TestDatabase migrated() {
        TestDatabase database = TestServers.postgres();
        Flyway.configure()
                .dataSource(database.url(), database.ownerUser(), database.ownerPassword())
                .schemas("hub")
                .defaultSchema("hub")
                .load()
                .migrate();
        return database;
    }
}
