package dev.vectorhub.collection;

import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code collection_alias}. */
final class AliasRows {

    private AliasRows() {}

    static List<Alias> list(Tx tx, TenantId tenant) throws SQLException {
        return tx.list(row -> new Alias(row.getString("alias"), row.getString("collection")), """
                select a.name as alias, c.name as collection
                from collection_alias a join tenant_collection c using (collection_id)
                where a.tenant_id = ? and c.state = 'ACTIVE' order by a.name collate "C"
                """, tenant);
    }

    static Optional<Alias> find(Tx tx, TenantId tenant, String name) throws SQLException {
        return tx.first(row -> new Alias(name, row.getString("name")), """
                select c.name from collection_alias a join tenant_collection c using (collection_id)
                where a.tenant_id = ? and a.name = ? and c.state = 'ACTIVE'
                """, tenant, name);
    }

    static boolean exists(Tx tx, TenantId tenant, String name) throws SQLException {
        return find(tx, tenant, name).isPresent();
    }

    static long count(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(row -> row.getLong(1), "select count(*) from collection_alias where tenant_id = ?", tenant)
                .orElse(0L);
    }

    static void put(Tx tx, TenantId tenant, String name, UUID collection, Instant now) throws SQLException {
        tx.update("""
                insert into collection_alias (tenant_id, name, collection_id, created_at) values (?, ?, ?, ?)
                on conflict (tenant_id, name) do update set collection_id = excluded.collection_id
                """, tenant, name, collection, now);
    }

    static boolean rename(Tx tx, TenantId tenant, String from, String to) throws SQLException {
        return tx.update("update collection_alias set name = ? where tenant_id = ? and name = ?", to, tenant, from) > 0;
    }

    static void remove(Tx tx, TenantId tenant, String name) throws SQLException {
        tx.update("delete from collection_alias where tenant_id = ? and name = ?", tenant, name);
    }

    static void moveAll(Tx tx, UUID from, UUID to) throws SQLException {
        tx.update("update collection_alias set collection_id = ? where collection_id = ?", to, from);
    }

    static void removeAll(Tx tx, UUID collection) throws SQLException {
        tx.update("delete from collection_alias where collection_id = ?", collection);
    }
}
