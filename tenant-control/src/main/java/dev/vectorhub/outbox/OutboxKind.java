package dev.vectorhub.outbox;

/** What a piece of promised work is about; each kind has one worker. */
public enum OutboxKind {
    /** The tenant's placement differs from what was observed. */
    PLACEMENT("placement"),
    /** A deleted tenant's people and organisation leave the identity provider. */
    IDENTITY_ERASE("identity-erase");

    private final String code;

    OutboxKind(String code) {
        this.code = code;
    }

    /** As stored. */
    public String code() {
        return code;
    }
}
