package dev.vectorhub.apikey;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.TenantState;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api_key}. */
final class KeyRows {

    private KeyRows() {}

    /** What a request's key is checked against, and what it yields. */
    record Credential(
            KeyHash hash,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            TenantScope scope) {}

    static Optional<Credential> credential(Tx tx, UUID keyId) throws SQLException {
        return tx.first(KeyRows::mapCredential, """
                select k.key_id, k.tenant_id, k.hash, k.scopes, k.patterns, k.requests_per_minute,
                    k.expires_at, k.revoked_at,
                    t.organisation, t.state, t.isolation,
                    p.max_collections, p.max_vectors_per_collection, p.max_storage_bytes, p.max_requests_per_minute,
                    p.max_inference_tokens_per_minute
                from api_key k join tenant t on t.tenant_id = k.tenant_id join plan p on p.code = t.plan_code
                where k.key_id = ?
                """, keyId);
    }

    static void insert(Tx tx, TenantId tenant, KeyView key, String env, KeyHash hash) throws SQLException {
        tx.update(
                """
                insert into api_key (key_id, tenant_id, name, env, hash, scopes, patterns, created_at, created_by,
                    expires_at, rotates, requests_per_minute)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key.id(),
                tenant,
                key.name(),
                env,
                hash.bytes(),
                key.scopes(),
                key.collectionPatterns(),
                key.createdAt(),
                key.createdBy(),
                key.expiresAt(),
                key.rotates(),
                key.requestsPerMinute());
    }

    static KeyView lock(Tx tx, TenantId tenant, UUID keyId) throws SQLException {
        return tx.first(
                        KeyRows::map,
                        "select * from api_key where tenant_id = ? and key_id = ? for update",
                        tenant,
                        keyId)
                .orElseThrow(() -> ProblemException.notFound("key", keyId));
    }

    static KeyView get(Tx tx, TenantId tenant, UUID keyId) throws SQLException {
        return tx.first(KeyRows::map, "select * from api_key where tenant_id = ? and key_id = ?", tenant, keyId)
                .orElseThrow(() -> ProblemException.notFound("key", keyId));
    }

    static long countLive(Tx tx, TenantId tenant, Instant now) throws SQLException {
        return tx.first(row -> row.getLong(1), """
                        select count(*) from api_key
                        where tenant_id = ? and revoked_at is null and (expires_at is null or expires_at > ?)
                        """, tenant, now).orElse(0L);
    }

    /** Newest first, one more than the page. */
    static List<KeyView> page(Tx tx, TenantId tenant, @Nullable UUID before, int limit) throws SQLException {
        String from = before == null ? "" : " and key_id < ?";
        String sql = "select * from api_key where tenant_id = ?" + from + " order by key_id desc limit ?";
        return before == null
                ? tx.list(KeyRows::map, sql, tenant, limit + 1)
                : tx.list(KeyRows::map, sql, tenant, before, limit + 1);
    }

    /** The tenant's state, kept from changing until the transaction ends. */
    static TenantState holdState(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(
                        row -> TenantState.valueOf(row.getString(1)),
                        "select state from tenant where tenant_id = ? for share",
                        tenant)
                .orElseThrow(() -> ProblemException.notFound("tenant", tenant));
    }

    private static Credential mapCredential(ResultSet row) throws SQLException {
        return new Credential(
                new KeyHash(row.getBytes("hash")),
                Tx.instantOrNull(row, "expires_at"),
                Tx.instantOrNull(row, "revoked_at"),
                new TenantScope(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("organisation"),
                        TenantState.valueOf(row.getString("state")),
                        IsolationMode.valueOf(row.getString("isolation")),
                        new Limits(
                                row.getLong("max_collections"),
                                row.getLong("max_vectors_per_collection"),
                                row.getLong("max_storage_bytes"),
                                row.getLong("max_requests_per_minute"),
                                row.getLong("max_inference_tokens_per_minute")),
                        row.getObject("key_id", UUID.class),
                        scopes(row),
                        Tx.strings(row, "patterns"),
                        // null reads as 0: none
                        row.getLong("requests_per_minute")));
    }

    private static KeyView map(ResultSet row) throws SQLException {
        UUID id = row.getObject("key_id", UUID.class);
        return new KeyView(
                id,
                row.getString("name"),
                KeyFormat.prefix(row.getString("env"), id),
                scopes(row),
                Tx.strings(row, "patterns"),
                row.getObject("requests_per_minute", Long.class),
                Tx.instant(row, "created_at"),
                row.getString("created_by"),
                Tx.instantOrNull(row, "expires_at"),
                Tx.instantOrNull(row, "revoked_at"),
                row.getObject("rotates", UUID.class),
                Tx.instantOrNull(row, "last_used_at"));
    }

    private static Set<KeyScope> scopes(ResultSet row) throws SQLException {
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        for (String scope : Tx.strings(row, "scopes")) {
            scopes.add(KeyScope.valueOf(scope));
        }
        return scopes;
    }
}
