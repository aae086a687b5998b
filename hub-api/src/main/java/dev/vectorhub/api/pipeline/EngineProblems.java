package dev.vectorhub.api.pipeline;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;

/** What the engine refuses, in the words that a client of the hub gets. */
public final class EngineProblems {

    private EngineProblems() {}

    /** The problem, or error of Qdrant's kind, that stands for a rejection. */
    public static RuntimeException of(EngineException refused) {
        Rejection rejection = refused.rejection();
        return switch (rejection.getCode()) {
            case NOT_FOUND -> new TenantApiException(404, "Not found: " + rejection.getMessage());
            case ALREADY_EXISTS -> new ProblemException(ProblemType.CONFLICT, rejection.getMessage());
            case INVALID_ARGUMENT -> TenantApiException.wrongInput(rejection.getMessage());
            case POINT_CEILING -> quota("max_vectors_per_collection", rejection);
            case BYTE_CEILING -> quota("max_storage_bytes", rejection);
            case STORAGE_FULL -> new ProblemException(ProblemType.STORAGE_FULL, "No space left on the engine's disk");
            case UNAVAILABLE, STALE_GENERATION, WRONG_NODE ->
                new ProblemException(ProblemType.UNAVAILABLE, "The engine cannot serve the tenant now", refused);
            case INTERNAL, UNRECOGNIZED ->
                new ProblemException(ProblemType.INTERNAL, "The engine failed; the log has the cause", refused);
        };
    }

    private static ProblemException quota(String name, Rejection rejection) {
        return ProblemException.quotaExceeded(
                name, rejection.getLimit(), rejection.getUsed(), rejection.getRequested());
    }
}
