package dev.vectorhub.tenant;

import dev.vectorhub.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code tenant}. */
final class TenantRows {
    /** Tenants that a text finds by its index; more are found sooner in the order of the page. */
    private static final int TEXT_MATCHES_MAX = 1000;

    /** The index is one of three letters at a time. */
    private static final int INDEXED_CHARS = 3;

    private static final int UUID_CHARS = 36;

    private TenantRows() {}

    /** A row that no other transaction can change now. */
    record Locked(Tenant tenant, @Nullable TenantState returnState) {}

    static Optional<Tenant> find(Tx tx, TenantId id) throws SQLException {
        return tx.first(TenantRows::map, "select * from tenant where tenant_id = ?", id);
    }

    static Tenant get(Tx tx, TenantId id) throws SQLException {
        return find(tx, id).orElseThrow(() -> ProblemException.notFound("tenant", id));
    }

    static Optional<Tenant> findByOrganisationId(Tx tx, String organisationId) throws SQLException {
        return tx.first(TenantRows::map, "select * from tenant where organisation_id = ?", organisationId);
    }

    static Locked lock(Tx tx, TenantId id) throws SQLException {
        return tx.first(
                        row -> {
                            String back = row.getString("return_state");
                            return new Locked(map(row), back == null ? null : TenantState.valueOf(back));
                        },
                        "select * from tenant where tenant_id = ? for update",
                        id)
                .orElseThrow(() -> ProblemException.notFound("tenant", id));
    }

    static void move(Tx tx, Locked before, TenantState to, String reason, @Nullable Instant eraseAfter, Instant now)
            throws SQLException {
        TenantState from = before.tenant().state();
        TenantState returnState = switch (to) {
            case SUSPENDED ->
                // Restored into SUSPENDED: nobody knows where it was before; ACTIVE until measured again.
                from == TenantState.DELETING ? TenantState.ACTIVE : from;
            case DELETING -> from;
            default -> null;
        };
        tx.update(
                """
                update tenant set state = ?, state_since = ?, state_reason = ?, return_state = ?, erase_after = ?,
                    version = version + 1, updated_at = ?
                where tenant_id = ?
                """,
                to,
                now,
                reason,
                returnState,
                eraseAfter,
                now,
                before.tenant().id());
        if (to == TenantState.DELETED) {
            erase(tx, before.tenant().id());
        }
    }

    /** The ledger and the audit keep pointing at the id; nothing else names a person, a company or a key any more. */
    private static void erase(Tx tx, TenantId id) throws SQLException {
        tx.update("""
                update tenant set organisation = ?, contact_email = null, organisation_id = null where tenant_id = ?
                """, "deleted-" + id, id);
        for (String table : List.of("api_key", "collection_alias", "tenant_collection", "quota_usage", "rate_window")) {
            tx.update("delete from " + table + " where tenant_id = ?", id);
        }
    }

    static Map<TenantState, Long> countByState(Tx tx) throws SQLException {
        Map<TenantState, Long> counts = new EnumMap<>(TenantState.class);
        tx.list(
                row -> counts.put(TenantState.valueOf(row.getString(1)), row.getLong(2)),
                "select state, count(*) from tenant group by state");
        return counts;
    }

    static List<Tenant> dueForErasure(Tx tx, Instant now, int limit) throws SQLException {
        return tx.list(
                TenantRows::map,
                "select * from tenant where state = 'DELETING' and erase_after <= ? order by erase_after limit ?",
                now,
                limit);
    }

    static Page<Tenant> page(Tx tx, TenantQuery query, @Nullable String cursor, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("select * from tenant where true");
        List<@Nullable Object> arguments = new ArrayList<>();
        if (query.text() != null && !query.text().isBlank()) {
            text(tx, query.text().strip().toLowerCase(Locale.ROOT), sql, arguments);
        }
        if (query.state() != null) {
            sql.append(" and state = ?");
            arguments.add(query.state());
        }
        if (query.plan() != null) {
            sql.append(" and plan_code = ?");
            arguments.add(query.plan());
        }
        boolean byName = query.sort() == TenantQuery.Sort.ORGANISATION
                || query.sort() == TenantQuery.Sort.ORGANISATION_DESCENDING;
        boolean descending =
                query.sort() == TenantQuery.Sort.NEWEST || query.sort() == TenantQuery.Sort.ORGANISATION_DESCENDING;
        String key = byName ? "lower(organisation)" : "created_at";
        if (cursor != null) {
            Cursor from = Cursor.decode(cursor);
            sql.append(" and (")
                    .append(key)
                    .append(", tenant_id) ")
                    .append(descending ? "<" : ">")
                    .append(byName ? " (lower(?), ?)" : " (?, ?)");
            arguments.add(byName ? from.key() : instant(from.key()));
            arguments.add(from.id());
        }
        String direction = descending ? " desc" : "";
        sql.append(" order by ")
                .append(key)
                .append(direction)
                .append(", tenant_id")
                .append(direction);
        sql.append(" limit ?");
        arguments.add(limit + 1);
        List<Tenant> rows = tx.list(TenantRows::map, sql.toString(), arguments.toArray());
        return Page.of(
                rows,
                limit,
                last -> new Cursor(
                        byName ? last.organisation() : last.createdAt().toString(),
                        last.id().value()));
    }

    /**
     * A rare text is looked up in its index; of a frequent one the first rows in the order of the page are found soon, and a
     * list of all that have it would be long.
     */
    private static void text(Tx tx, String text, StringBuilder sql, List<@Nullable Object> arguments)
            throws SQLException {
        String like = "%" + escapeLike(text) + "%";
        if (text.length() >= INDEXED_CHARS) {
            List<UUID> found = tx.list(
                    row -> row.getObject(1, UUID.class), "select hub.tenants_like(?, ?)", like, TEXT_MATCHES_MAX + 1);
            if (found.size() <= TEXT_MATCHES_MAX) {
                found.addAll(idIn(text));
                sql.append(" and tenant_id = any (?::uuid[])");
                arguments.add(found);
                return;
            }
        }
        sql.append(" and (lower(organisation) like ? or lower(contact_email) like ?)");
        arguments.add(like);
        arguments.add(like);
    }

    private static List<UUID> idIn(String text) {
        try {
            return text.length() == UUID_CHARS ? List.of(UUID.fromString(text)) : List.of();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.validation("cursor", "belongs to a list in another order");
        }
    }

    private static String escapeLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static Tenant map(ResultSet row) throws SQLException {
        return new Tenant(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("organisation"),
                row.getString("organisation_id"),
                row.getString("contact_email"),
                TenantState.valueOf(row.getString("state")),
                Tx.instant(row, "state_since"),
                row.getString("state_reason"),
                row.getString("plan_code"),
                IsolationMode.valueOf(row.getString("isolation")),
                Tx.instantOrNull(row, "erase_after"),
                row.getLong("version"),
                Tx.instant(row, "created_at"),
                Tx.instant(row, "updated_at"));
    }
}
