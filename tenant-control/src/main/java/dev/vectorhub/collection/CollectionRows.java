package dev.vectorhub.collection;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code tenant_collection}. */
final class CollectionRows {

    /** How far a collection is. */
    enum State {
        /** The row stands, the engine may not know it yet. */
        CREATING,
        /** Being filled beside the one that has the name; it has none of its own yet. */
        RESTORING,
        ACTIVE,
        /** The name is free, the engine may still hold the data. */
        DELETING
    }

    record Row(TenantId tenant, State state, CollectionHandle handle) {}

    private CollectionRows() {}

    /** @param state CREATING or RESTORING */
    static void insert(
            Tx tx, TenantId tenant, CollectionHandle collection, State state, Instant now, Instant claimedUntil)
            throws SQLException {
        tx.update(
                """
                insert into tenant_collection (collection_id, tenant_id, name, state, spec, config, version,
                    created_at, updated_at, claimed_until)
                values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                """,
                collection.id(),
                tenant,
                collection.name(),
                state.name(),
                collection.spec().toByteArray(),
                collection.configJson(),
                collection.version(),
                now,
                now,
                claimedUntil);
    }

    /** The one that has the name now; at most one, locked until the transaction ends. */
    static Optional<Row> lock(Tx tx, TenantId tenant, String name) throws SQLException {
        return tx.first(CollectionRows::map, """
                select * from tenant_collection
                where tenant_id = ? and name = ? and state in ('CREATING', 'ACTIVE') for update
                """, tenant, name);
    }

    static Optional<CollectionHandle> findActive(Tx tx, TenantId tenant, String name) throws SQLException {
        return tx.first(
                row -> map(row).handle(),
                "select * from tenant_collection where tenant_id = ? and name = ? and state = 'ACTIVE'",
                tenant,
                name);
    }

    /** By name, in the order of code points, so that it is the same everywhere. */
    static List<CollectionHandle> listActive(Tx tx, TenantId tenant) throws SQLException {
        return tx.list(row -> map(row).handle(), """
                select * from tenant_collection where tenant_id = ? and state = 'ACTIVE' order by name collate "C"
                """, tenant);
    }

    /** Unfinished rows that nobody is at work on, claimed for the caller. */
    static List<Row> claimUnfinished(Tx tx, Instant now, Instant claimedUntil, int limit) throws SQLException {
        return tx.list(CollectionRows::map, """
                update tenant_collection set claimed_until = ? where collection_id in (
                    select collection_id from tenant_collection where state <> 'ACTIVE' and claimed_until <= ?
                    order by claimed_until limit ? for update skip locked)
                returning *
                """, claimedUntil, now, limit);
    }

    static boolean activate(Tx tx, UUID id, Instant now) throws SQLException {
        return tx.update("""
                        update tenant_collection set state = 'ACTIVE', updated_at = ?
                        where collection_id = ? and state = 'CREATING'
                        """, now, id) > 0;
    }

    /** False if the claim has run out and somebody else may have it. */
    static boolean renew(Tx tx, UUID id, Instant claimed, Instant claimedUntil) throws SQLException {
        return tx.update(
                        "update tenant_collection set claimed_until = ? where collection_id = ? and claimed_until = ?",
                        claimedUntil,
                        id,
                        claimed)
                > 0;
    }

    /** Ends a restore that still holds its claim. */
    static boolean activateRestored(Tx tx, UUID id, Instant claimed, Instant now) throws SQLException {
        return tx.update("""
                        update tenant_collection set state = 'ACTIVE', updated_at = ?
                        where collection_id = ? and state = 'RESTORING' and claimed_until = ?
                        """, now, id, claimed) > 0;
    }

    /** Gives a restore up; false if it has ended already. */
    static boolean abandon(Tx tx, UUID id, Instant now, Instant claimedUntil) throws SQLException {
        return tx.update("""
                        update tenant_collection set state = 'DELETING', updated_at = ?, claimed_until = ?
                        where collection_id = ? and state = 'RESTORING'
                        """, now, claimedUntil, id) > 0;
    }

    static void startDeleting(Tx tx, UUID id, Instant now, Instant claimedUntil) throws SQLException {
        tx.update("""
                update tenant_collection set state = 'DELETING', version = version + 1, updated_at = ?, claimed_until = ?
                where collection_id = ?
                """, now, claimedUntil, id);
    }

    static void change(Tx tx, UUID id, CollectionSpec spec, String configJson, Instant now) throws SQLException {
        tx.update("""
                update tenant_collection set spec = ?, config = ?::jsonb, version = version + 1, updated_at = ?
                where collection_id = ?
                """, spec.toByteArray(), configJson, now, id);
    }

    /** False if it is gone already: then somebody else has taken it off the count. */
    static boolean remove(Tx tx, UUID id) throws SQLException {
        return tx.update("delete from tenant_collection where collection_id = ?", id) > 0;
    }

    private static Row map(ResultSet row) throws SQLException {
        try {
            return new Row(
                    new TenantId(row.getObject("tenant_id", UUID.class)),
                    State.valueOf(row.getString("state")),
                    new CollectionHandle(
                            row.getObject("collection_id", UUID.class),
                            row.getString("name"),
                            CollectionSpec.parseFrom(row.getBytes("spec")),
                            row.getString("config"),
                            row.getLong("version")));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("tenant_collection.spec is no CollectionSpec", e);
        }
    }
}
