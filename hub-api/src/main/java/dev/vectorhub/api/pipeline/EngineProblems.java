package dev.vectorhub.api.pipeline;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.regex.Pattern;

/** What the engine refuses, in the words that a client of the hub gets. */
public final class EngineProblems {
    /** Of an absolute path, all but its last name. */
    private static final Pattern DIRECTORIES = Pattern.compile("(?<![^\\s\"'(])/(?:[^/\\s]+/)*");

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
                new ProblemException(ProblemType.UNAVAILABLE, unavailable(rejection.getMessage()), refused);
            case CANCELLED -> new TenantApiException(408, "Timeout error: " + rejection.getMessage());
            case INTERNAL, UNRECOGNIZED ->
                new ProblemException(ProblemType.INTERNAL, "The engine failed; the log has the cause", refused);
        };
    }

    /** Whether nothing has failed: the engine says why it does not serve the request now. */
    static boolean isExpected(EngineException refused) {
        return switch (refused.code()) {
            case UNAVAILABLE, STORAGE_FULL -> true;
            default -> false;
        };
    }

    /** What the engine says, a damaged file by its name: where it lies is the operator's business, and in the log. */
    private static String unavailable(String message) {
        String told = "The engine cannot serve the tenant now";
        return message.isEmpty()
                ? told
                : told + ": " + DIRECTORIES.matcher(message).replaceAll("");
    }

    private static ProblemException quota(String name, Rejection rejection) {
        return ProblemException.quotaExceeded(
                name, rejection.getLimit(), rejection.getUsed(), rejection.getRequested());
    }
}
