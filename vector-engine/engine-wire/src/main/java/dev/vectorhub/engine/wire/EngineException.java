package dev.vectorhub.engine.wire;

import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.Serial;

/** A read or command that the engine refused, with the reason as the engine stated it. */
public final class EngineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public EngineException(Rejection rejection) {
        super(rejection.getMessage());
        this.rejection = rejection;
    }

    public EngineException(RejectionCode code, String message) {
        this(Rejection.newBuilder().setCode(code).setMessage(message).build());
    }

    public RejectionCode code() {
        return rejection.getCode();
    }

    public Rejection rejection() {
        return rejection;
    }
}
