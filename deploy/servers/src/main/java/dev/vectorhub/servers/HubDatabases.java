package dev.vectorhub.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The roles and databases that a hub expects of a PostgreSQL server. Everything may be repeated. */
final class HubDatabases {
    private final String adminUrl;
    private final String adminUser;
    private final PostgresPasswords passwords;

    /** @param adminUrl JDBC URL of the database {@code postgres} */
    HubDatabases(String adminUrl, String adminUser, PostgresPasswords passwords) {
        this.adminUrl = adminUrl;
        this.adminUser = adminUser;
        this.passwords = passwords;
    }

    /** Makes the roles and both databases, under the given names. */
    void ensure(String hub, String keycloak) {
        ensureHub(hub);
        ensureKeycloak(keycloak);
    }

    /** Makes Keycloak's role and an empty database of that name. */
    void ensureKeycloak(String keycloak) {
        try (Connection connection = connect(adminUrl)) {
            role(connection, "keycloak", passwords.keycloak());
            database(connection, keycloak, "keycloak");
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Makes the hub's roles and one database of that name with the empty schema {@code hub}. */
    void ensureHub(String name) {
        try (Connection connection = connect(adminUrl)) {
            role(connection, "hub_owner", passwords.owner());
            role(connection, "hub_app", passwords.app());
            database(connection, name, "hub_owner");
        } catch (SQLException e) {
            throw failure(e);
        }
        try (Connection connection = connect(adminUrl.replaceFirst("/[^/]*$", "/" + name))) {
            execute(connection, "create schema if not exists hub authorization hub_owner");
            execute(connection, "grant usage on schema hub to hub_app");
            execute(connection, "revoke create on schema public from public");
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void role(Connection connection, String name, String password) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
            execute(connection, format(connection, "create role %I login nosuperuser nobypassrls", name));
        }
        // Repeated on each start: the passwords of the caller's state folder are the ones in force.
        execute(connection, format(connection, "alter role %I password %L", name, password));
        if (name.startsWith("hub_")) {
            execute(connection, format(connection, "alter role %I set search_path = hub", name));
        }
    }

    private static void database(Connection connection, String name, String owner) throws SQLException {
        if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
            execute(connection, format(connection, "create database %I owner %I template template0", name, owner));
        }
        execute(connection, format(connection, "revoke all on database %I from public", name));
        if (owner.equals("hub_owner")) {
            execute(connection, format(connection, "grant connect on database %I to hub_app", name));
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, adminUser, passwords.superuser());
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Utility statements take no parameters: the server quotes the names and literals itself. */
    private static String format(Connection connection, String template, String... values) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select format(?" + ", ?".repeat(values.length) + ")")) {
            statement.setString(1, template);
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 2, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ServerException failure(SQLException e) {
        return new ServerException("cannot prepare the databases: " + e.getMessage(), e);
    }
}
