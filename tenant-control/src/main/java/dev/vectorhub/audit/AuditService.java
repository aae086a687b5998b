package dev.vectorhub.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Cursor;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes and reads the audit. Rows are only ever added: the application role may not change them. */
@Singleton
public class AuditService {
    private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};
    private static final JsonMapper JSON = new JsonMapper();

    private final Scoped scoped;
    private final Ids ids;
    private final Clock clock;

    public AuditService(Scoped scoped, Ids ids, Clock clock) {
        this.scoped = scoped;
        this.ids = ids;
        this.clock = clock;
    }

    /** Writes the entry in the transaction of what it tells of: both or neither happen. */
    public void record(Tx tx, AuditEntry entry) throws SQLException {
        Actor actor = entry.actor();
        tx.update(
                """
                insert into audit_event (event_id, tenant_id, time, class_uid, activity_id, status_id,
                    actor_kind, actor_id, actor_name, action, target_type, target_id, reason, detail)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """,
                ids.next(),
                entry.tenant(),
                clock.instant(),
                entry.action().classUid(),
                entry.action().activityId(),
                entry.outcome().statusId(),
                actor.kind(),
                actor.id(),
                actor.name(),
                entry.action().action(),
                entry.targetType(),
                entry.targetId(),
                entry.reason(),
                json(entry.detail()));
    }

    /** Writes an entry that belongs to no other change, for instance a refusal. */
    public void record(AuditEntry entry) {
        scoped.doAsSystem(tx -> record(tx, entry));
    }

    /** One tenant's events, newest first. */
    public Page<AuditEvent> page(TenantId tenant, AuditQuery query, @Nullable String cursor, int limit) {
        return scoped.asTenant(tenant, tx -> read(tx, tenant, query, cursor, Page.limit(limit)));
    }

    /** Everybody's events, for operators. */
    public Page<AuditEvent> pageOfAll(AuditQuery query, @Nullable String cursor, int limit) {
        return scoped.asSystem(tx -> read(tx, null, query, cursor, Page.limit(limit)));
    }

    private static Page<AuditEvent> read(
            Tx tx, @Nullable TenantId tenant, AuditQuery query, @Nullable String cursor, int limit)
            throws SQLException {
        StringBuilder sql = new StringBuilder("select * from audit_event where true");
        List<@Nullable Object> arguments = new ArrayList<>();
        if (tenant != null) {
            sql.append(" and tenant_id = ?");
            arguments.add(tenant);
        }
        if (query.action() != null) {
            sql.append(" and action = ?");
            arguments.add(query.action());
        }
        if (query.actorId() != null) {
            sql.append(" and actor_id = ?");
            arguments.add(query.actorId());
        }
        if (cursor != null) {
            // Ids are UUIDv7: their order is the order of time.
            sql.append(" and event_id < ?");
            arguments.add(Cursor.decode(cursor).id());
        }
        sql.append(" order by event_id desc limit ?");
        arguments.add(limit + 1);
        List<AuditEvent> rows = tx.list(AuditService::map, sql.toString(), arguments.toArray());
        return Page.of(rows, limit, last -> new Cursor("", last.id()));
    }

    private static AuditEvent map(ResultSet row) throws SQLException {
        UUID tenant = row.getObject("tenant_id", UUID.class);
        return new AuditEvent(
                row.getObject("event_id", UUID.class),
                Tx.instant(row, "time"),
                tenant == null ? null : new TenantId(tenant),
                row.getInt("class_uid"),
                row.getInt("activity_id"),
                Outcome.of(row.getInt("status_id")),
                new Actor(
                        Actor.Kind.valueOf(row.getString("actor_kind")),
                        row.getString("actor_id"),
                        row.getString("actor_name")),
                row.getString("action"),
                row.getString("target_type"),
                row.getString("target_id"),
                row.getString("reason"),
                detail(row.getString("detail")));
    }

    private static String json(Map<String, String> detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings has no JSON form", e);
        }
    }

    private static Map<String, String> detail(String json) throws SQLException {
        try {
            return JSON.readValue(json, DETAIL);
        } catch (JsonProcessingException e) {
            throw new SQLException("audit_event.detail is not a map of strings", e);
        }
    }
}
