package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.BillingDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the application's role may do with the ledger, whatever code asks for. */
class LedgerSecurityIT {
    private static final UUID ALICE = new UUID(1, 1);
    private static final UUID BOB = new UUID(1, 2);
    private static final Instant AT = Instant.parse("2026-11-23T10:30:00Z");
    private static BillingDatabase database;
    private static LedgerTransactions transactions;

    @BeforeAll
    static void start() throws SQLException {
        database = BillingDatabase.create();
        transactions = new LedgerTransactions(database.app());
        UsageLedger ledger = new UsageLedger(database.app());
        for (UUID tenant : List.of(ALICE, BOB)) {
            assertTrue(ledger.correct(tenant, tenant, null, BillableMeter.REQUESTS_READ, "read", 5, AT, "first"));
            new StorageGaugeService(database.app()).record(tenant, tenant, 1, 2, AT);
        }
        transactions.asSystem(
                "test",
                connection -> update(
                        connection,
                        "insert into usage_record select tenant_id,"
                                + " date_trunc('hour', occurred_at), meter, operation, key_id, quantity, 1 from usage_event"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void withoutASettingNothingIsSeen() throws SQLException {
        try (Connection connection = database.app().getConnection()) {
            for (String table : List.of("usage_event", "usage_record", "usage_hour", "storage_gauge")) {
                assertEquals(0, number(connection, "select count(*) from " + table), table);
            }
        }
    }

    @Test
    void aTenantSeesItsRowsOnlyAndTheSystemAll() {
        for (String table : List.of("usage_event", "usage_record", "usage_hour", "storage_gauge")) {
            String all = "select count(distinct tenant_id) from " + table;
            assertEquals(1, transactions.<Long, RuntimeException>asTenant(ALICE, "test", c -> number(c, all)), table);
            assertEquals(2, transactions.<Long, RuntimeException>asSystem("test", c -> number(c, all)), table);
        }
    }

    @Test
    void aTenantCannotWriteForAnother() {
        String insert = "insert into usage_event (tenant_id, meter, operation, quantity, occurred_at, node, epoch, seq)"
                + " values ('" + BOB + "', 'bytes_read', 'read', 1, now(), 'x', 1, 1)";
        LedgerException refused =
                assertThrows(LedgerException.class, () -> transactions.asTenant(ALICE, "test", c -> update(c, insert)));
        assertTrue(refused.toString().contains("row-level security"), refused::toString);
    }

    @Test
    void theLedgerIsAppendOnlyForTheApplication() {
        for (String change : List.of(
                "update usage_event set quantity = 0",
                "delete from usage_event",
                "truncate usage_event",
                "update price set unit_price = 0",
                "insert into usage_rollup_state values (true, 0, now())")) {
            LedgerException refused = assertThrows(
                    LedgerException.class, () -> transactions.asSystem("test", c -> update(c, change)), change);
            assertTrue(refused.toString().contains("permission denied"), refused::toString);
        }
    }

    @Test
    void settingsEndWithTheTransaction() throws SQLException {
        transactions.asSystem("test", c -> number(c, "select 1"));
        try (Connection connection = database.app().getConnection()) {
            assertEquals(0, number(connection, "select count(*) from usage_event"));
        }
        assertThrows(
                IllegalStateException.class,
                () -> transactions.asSystem("test", connection -> {
                    update(connection, "insert into usage_source (node, epoch) values ('rolled-back', 1)");
                    throw new IllegalStateException("work failed");
                }));
        assertEquals(0, database.number("select count(*) from hub.usage_source where node = 'rolled-back'"));
    }

    @Test
    void aCorrectionIsAppliedOnceAndLeavesTheOriginal() throws SQLException {
        UsageLedger ledger = new UsageLedger(database.app());
        UUID tenant = new UUID(1, 3);
        UUID first = new UUID(7, 1);
        assertTrue(ledger.correct(first, tenant, null, BillableMeter.EGRESS_BYTES, "read", 100, AT, "import"));
        UUID correction = new UUID(7, 2);
        assertTrue(
                ledger.correct(correction, tenant, null, BillableMeter.EGRESS_BYTES, "read", -30, AT, "billed twice"));
        assertFalse(ledger.correct(correction, tenant, null, BillableMeter.EGRESS_BYTES, "read", -30, AT, "again"));
        assertEquals(70, database.number("select sum(quantity) from hub.usage_event where tenant_id = ?", tenant));
        assertEquals(1, database.number("select count(*) from hub.usage_event where reason = 'billed twice'"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ledger.correct(correction, tenant, null, BillableMeter.EGRESS_BYTES, "read", -30, AT, " "));
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
