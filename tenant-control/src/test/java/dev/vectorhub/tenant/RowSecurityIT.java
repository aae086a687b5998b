package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The second lock: what the database itself lets the application see and write. */
class RowSecurityIT {
    private final Control control = Control.shared();
    private final ControlDatabase database = control.database();

    @Test
    void everyTableWithATenantIsLocked() throws SQLException {
        List<String> unlocked = new ArrayList<>();
        int seen = 0;
        try (Connection connection = database.connectAsSuperuser();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("""
                        select c.relname, c.relrowsecurity and c.relforcerowsecurity and exists (
                            select from pg_policy p where p.polrelid = c.oid)
                        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                        where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p')
                            and has_table_privilege('hub_app', c.oid, 'select')
                        """)) {
            while (tables.next()) {
                seen++;
                if (!tables.getBoolean(2)) {
                    unlocked.add(tables.getString(1));
                }
            }
        }
        assertTrue(seen >= 7, "tables with a tenant: " + seen);
        assertEquals(List.of(), unlocked);
    }

    /** It has no policy: the application reads it by a function alone, which asks what the policies ask. */
    @Test
    void theTextOfTenantsIsForTheSystem() throws SQLException {
        Tenant tenant = control.tenant();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertEquals(0, count(connection, "select count(*) from tenants_like('%', 10)"));
            assertThrows(SQLException.class, () -> statement.executeQuery("select * from tenant_text"));
        }
        assertEquals(0, control.scoped.asTenant(tenant.id(), RowSecurityIT::found));
        assertEquals(1, control.scoped.asSystem(RowSecurityIT::found));
    }

    private static int found(Tx tx) throws SQLException {
        return tx.list(row -> row.getObject(1, UUID.class), "select tenants_like('%', 1)")
                .size();
    }

    @Test
    void withoutASettingNoRowIsSeen() throws SQLException {
        control.tenant();
        try (Connection connection = database.connect()) {
            assertEquals(0, count(connection, "select count(*) from tenant"));
            assertEquals(0, count(connection, "select count(*) from quota_usage"));
            assertEquals(0, count(connection, "select count(*) from audit_event"));
        }
    }

    @Test
    void withATenantItsRowsAreSeenAndNoOthers() {
        Tenant own = control.tenant();
        Tenant other = control.tenant();
        control.scoped.doAsTenant(own.id(), tx -> {
            assertEquals(List.of(own.id().value()), ids(tx, "tenant"));
            assertEquals(List.of(own.id().value()), ids(tx, "quota_usage"));
            assertFalse(ids(tx, "audit_event").contains(other.id().value()));
            assertEquals(0, tx.update("update tenant set organisation = 'x' where tenant_id = ?", other.id()));
            assertEquals(0, tx.update("delete from quota_usage where tenant_id = ?", other.id()));
        });
        assertEquals("Acme", control.tenants.get(other.id()).organisation());
    }

    @Test
    void nobodyWritesForAnother() {
        Tenant own = control.tenant();
        Tenant other = control.tenant();
        DatabaseException refused = assertThrows(
                DatabaseException.class,
                () -> control.scoped.doAsTenant(own.id(), tx -> tx.update("""
                                insert into outbox (outbox_id, tenant_id, kind, payload, created_at, due_at)
                                values (?, ?, 'x', '{}', now(), now())
                                """, control.ids.next(), other.id())));
        assertEquals("42501", refused.state());
        assertThrows(
                DatabaseException.class,
                () -> control.scoped.doAsTenant(
                        own.id(),
                        tx -> tx.update(
                                "update quota_usage set tenant_id = ? where tenant_id = ?", other.id(), own.id())));
    }

    @Test
    void theSettingDoesNotOutliveItsTransaction() {
        Tenant tenant = control.tenant();
        // Every connection of the pool has been used by somebody before.
        for (int i = 0; i < 30; i++) {
            control.scoped.doAsTenant(
                    tenant.id(), tx -> assertEquals(1, ids(tx, "tenant").size()));
            assertEquals(List.of(), ids(database));
        }
    }

    @Test
    void theAuditIsAppendOnly() {
        Tenant tenant = control.tenant();
        for (String sql : List.of("delete from audit_event", "update audit_event set reason = 'x'")) {
            DatabaseException refused = assertThrows(
                    DatabaseException.class, () -> control.scoped.doAsTenant(tenant.id(), tx -> tx.update(sql)));
            assertEquals("42501", refused.state());
        }
    }

    @Test
    void theApplicationOwnsNothing() throws SQLException {
        try (Connection connection = database.connect()) {
            assertEquals(
                    0,
                    count(connection, "select count(*) from pg_class where pg_get_userbyid(relowner) = current_user"));
            assertEquals(
                    0,
                    count(
                            connection,
                            "select count(*) from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)"));
            assertThrows(SQLException.class, () -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("alter table hub.tenant disable row level security");
                }
            });
        }
    }

    private static List<UUID> ids(Tx tx, String table) throws SQLException {
        return tx.list(row -> row.getObject(1, UUID.class), "select distinct tenant_id from " + table);
    }

    private static List<UUID> ids(ControlDatabase database) {
        try (Connection connection = database.app().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select tenant_id from tenant")) {
            List<UUID> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
