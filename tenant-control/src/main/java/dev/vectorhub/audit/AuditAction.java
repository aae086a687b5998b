package dev.vectorhub.audit;

/**
 * What is audited. Each action belongs to an OCSF 1.4 class: 3004 Entity Management for everything that is made, changed
 * or deleted, 3005 User Access Management for keys and members.
 */
public enum AuditAction {
    TENANT_CREATE("tenant.create", 3004, 1),
    TENANT_TRANSITION("tenant.transition", 3004, 3),
    TENANT_PLAN("tenant.plan", 3004, 3),
    TENANT_ISOLATION("tenant.isolation", 3004, 3),
    PLAN_PUT("plan.put", 3004, 3),
    KEY_ISSUE("key.issue", 3005, 1),
    KEY_ROTATE("key.rotate", 3005, 1),
    KEY_REVOKE("key.revoke", 3005, 2),
    MEMBER_ADD("member.add", 3005, 1),
    MEMBER_REMOVE("member.remove", 3005, 2),
    COLLECTION_CREATE("collection.create", 3004, 1),
    COLLECTION_UPDATE("collection.update", 3004, 3),
    COLLECTION_DELETE("collection.delete", 3004, 4),
    BACKUP_CREATE("backup.create", 3004, 1),
    BACKUP_RESTORE("backup.restore", 3004, 1),
    BACKUP_DELETE("backup.delete", 3004, 4),
    PLACEMENT("placement.change", 3004, 3),
    NODE("node.change", 3004, 3);

    private final String action;
    private final int classUid;
    private final int activityId;

    AuditAction(String action, int classUid, int activityId) {
        this.action = action;
        this.classUid = classUid;
        this.activityId = activityId;
    }

    /** The stable name that is stored and shown. */
    public String action() {
        return action;
    }

    /** OCSF {@code class_uid}. */
    public int classUid() {
        return classUid;
    }

    /** OCSF {@code activity_id} within the class. */
    public int activityId() {
        return activityId;
    }
}
