package dev.vectorhub.servers;

/**
 * A fresh database for a test: roles made, schema {@code hub} empty, ready for the migrations.
 *
 * @param url JDBC URL
 * @param ownerUser who runs the migrations
 * @param appUser whom the application connects as
 * @param superUser for what neither may do
 */
public record TestDatabase(
        String url,
        String ownerUser,
        String ownerPassword,
        String appUser,
        String appPassword,
        String superUser,
        String superPassword) {}
