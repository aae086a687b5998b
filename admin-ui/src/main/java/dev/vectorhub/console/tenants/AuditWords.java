package dev.vectorhub.console.tenants;

import dev.vectorhub.tenant.Actor;
import java.util.Map;
import java.util.TreeMap;

/** Audited events in the words of the console; an action that it does not know keeps its stored name. */
public final class AuditWords {
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("tenant.create", "Tenant created"),
            Map.entry("tenant.transition", "State changed"),
            Map.entry("tenant.plan", "Plan changed"),
            Map.entry("tenant.isolation", "Isolation changed"),
            Map.entry("plan.put", "Plan written"),
            Map.entry("key.issue", "Key created"),
            Map.entry("key.rotate", "Key rotated"),
            Map.entry("key.revoke", "Key revoked"),
            Map.entry("member.add", "Member added"),
            Map.entry("member.remove", "Member removed"),
            Map.entry("collection.create", "Collection created"),
            Map.entry("collection.update", "Collection changed"),
            Map.entry("collection.delete", "Collection deleted"),
            Map.entry("backup.create", "Backup requested"),
            Map.entry("backup.restore", "Backup restored"),
            Map.entry("backup.delete", "Backup deleted"),
            Map.entry("placement.change", "Placement changed"),
            Map.entry("node.change", "Node changed"));

    private AuditWords() {}

    public static String action(String action) {
        return ACTIONS.getOrDefault(action, action);
    }

    /** {@code ACTIVE → SUSPENDED} where the detail says from and to, then the rest as {@code name: value}. */
    public static String detail(Map<String, String> detail) {
        TreeMap<String, String> rest = new TreeMap<>(detail);
        String from = rest.remove("from");
        String to = rest.remove("to");
        StringBuilder text = new StringBuilder();
        if (from != null && to != null) {
            text.append(from).append(" → ").append(to);
        }
        rest.forEach((name, value) -> text.append(text.isEmpty() ? "" : " · ")
                .append(name)
                .append(": ")
                .append(value));
        return text.toString();
    }

    public static String kind(Actor.Kind kind) {
        return switch (kind) {
            case MEMBER -> "Member";
            case OPERATOR -> "Operator";
            case KEY -> "API key";
            case SYSTEM -> "The hub";
        };
    }
}
