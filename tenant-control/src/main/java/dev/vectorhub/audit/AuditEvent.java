package dev.vectorhub.audit;

import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A remembered event.
 *
 * @param action the name of an {@link AuditAction}, as text: rows outlive the code that wrote them
 */
public record AuditEvent(
        UUID id,
        Instant time,
        @Nullable TenantId tenant,
        int classUid,
        int activityId,
        Outcome outcome,
        Actor actor,
        String action,
        String targetType,
        String targetId,
        @Nullable String reason,
        Map<String, String> detail) {

    /** The event in OCSF's shape (schema 1.4, category 3 Identity &amp; Access Management), JSON-ready. */
    public Map<String, Object> toOcsf() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("category_uid", classUid / 1000);
        event.put("class_uid", classUid);
        event.put("activity_id", activityId);
        event.put("type_uid", classUid * 100L + activityId);
        event.put("severity_id", 1);
        event.put("status_id", outcome.statusId());
        event.put("time", time.toEpochMilli());
        if (reason != null) {
            event.put("message", reason);
        }
        event.put(
                "actor",
                Map.of(
                        "user",
                        Map.of(
                                "uid",
                                actor.id(),
                                "name",
                                actor.name(),
                                "type",
                                actor.kind().name())));
        event.put("entity", Map.of("type", targetType, "uid", targetId));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", id.toString());
        metadata.put("version", "1.4.0");
        metadata.put("product", Map.of("name", "Vectorizer Hub"));
        metadata.put("event_code", action);
        if (tenant != null) {
            metadata.put("tenant_uid", tenant.toString());
        }
        event.put("metadata", metadata);
        if (!detail.isEmpty()) {
            event.put("unmapped", detail);
        }
        return event;
    }
}
