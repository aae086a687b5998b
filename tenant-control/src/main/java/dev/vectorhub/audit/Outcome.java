package dev.vectorhub.audit;

/** OCSF {@code status_id}. */
public enum Outcome {
    SUCCESS(1),
    FAILURE(2);

    private final int statusId;

    Outcome(int statusId) {
        this.statusId = statusId;
    }

    public int statusId() {
        return statusId;
    }

    static Outcome of(int statusId) {
        return statusId == SUCCESS.statusId ? SUCCESS : FAILURE;
    }
}
