package dev.vectorhub.api.pipeline;

import dev.vectorhub.inference.InferenceException;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.Map;

/** What it is to the caller that texts were not embedded. */
final class InferenceProblems {

    private InferenceProblems() {}

    static ProblemException of(InferenceException refused) {
        ProblemType type = switch (refused.reason()) {
            case TENANT_BUSY -> ProblemType.RATE_LIMITED;
            case BUSY, LATE, UNAVAILABLE -> ProblemType.UNAVAILABLE;
        };
        return new ProblemException(
                type,
                String.valueOf(refused.getMessage()),
                Map.of(TenantPipeline.RETRY_AFTER, refused.retryAfterSeconds()));
    }
}
