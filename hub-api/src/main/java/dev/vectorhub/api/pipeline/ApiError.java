package dev.vectorhub.api.pipeline;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.inference.InferenceException;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An error before it takes the form of the API that answers it.
 *
 * @param type null for an error in Qdrant's own words
 * @param members further members: limit, used, requested, errors, …
 */
public record ApiError(int status, @Nullable ProblemType type, String detail, Map<String, Object> members) {

    private static final Logger LOG = Logger.getLogger(ApiError.class);

    /** Characters of a sentence: it may name what the request named, and that has no such bound. */
    private static final int DETAIL_MAX = 800;

    public ApiError {
        if (detail.length() > DETAIL_MAX) {
            int end = Character.isHighSurrogate(detail.charAt(DETAIL_MAX - 1)) ? DETAIL_MAX - 1 : DETAIL_MAX;
            detail = detail.substring(0, end) + "…";
        }
    }

    /**
     * What a failure is to the caller. The cause of a 5xx goes to the log with the request's id, never into the answer.
     *
     * @param operation for the log
     */
    public static ApiError of(Throwable failure, String operation, Arrival arrival) {
        Throwable known = switch (failure) {
            case EngineException refused -> EngineProblems.of(refused);
            case InferenceException refused -> InferenceProblems.of(refused);
            default -> failure;
        };
        ApiError error = switch (known) {
            case ProblemException problem -> of(problem);
            case TenantApiException refusal -> of(refusal);
            case RejectedExecutionException full -> of(ProblemType.UNAVAILABLE, "The hub is overloaded; retry");
            default -> of(ProblemType.INTERNAL, "The hub failed; the log has the cause under the request id");
        };
        if (failure instanceof EngineException refused && EngineProblems.isExpected(refused)) {
            // what is damaged or full is so for every request: a line each
            LOG.warnf("%s refused, request %s: %s", operation, arrival.requestId(), refused.getMessage());
        } else if (error.status() >= 500 && !(known instanceof RejectedExecutionException)) {
            LOG.errorf(known, "%s failed, request %s", operation, arrival.requestId());
        }
        return error;
    }

    public static ApiError of(ProblemException problem) {
        return new ApiError(
                problem.type().status(), problem.type(), String.valueOf(problem.getMessage()), problem.members());
    }

    /** Seconds after which a retry makes sense; null where nobody knows. */
    public @Nullable Long retryAfterSeconds() {
        Object seconds = members.get(TenantPipeline.RETRY_AFTER);
        return seconds instanceof Number number ? Long.valueOf(number.longValue()) : status == 503 ? 1L : null;
    }

    static ApiError of(ProblemType type, String detail) {
        return new ApiError(type.status(), type, detail, Map.of());
    }

    static ApiError of(TenantApiException error) {
        return new ApiError(error.status(), null, String.valueOf(error.getMessage()), Map.of());
    }
}
