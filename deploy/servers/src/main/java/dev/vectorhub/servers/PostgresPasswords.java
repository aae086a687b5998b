package dev.vectorhub.servers;

/**
 * The passwords of one PostgreSQL server.
 *
 * @param superuser of {@code postgres}; fixed when the data folder is made
 * @param owner of {@code hub_owner}, who owns the schema
 * @param app of {@code hub_app}, who uses it
 * @param keycloak of {@code keycloak}, who owns the database {@code keycloak}
 */
public record PostgresPasswords(String superuser, String owner, String app, String keycloak) {

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "PostgresPasswords[hidden]";
    }
}
