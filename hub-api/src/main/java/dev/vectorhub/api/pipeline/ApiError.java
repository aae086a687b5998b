package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error before it takes the form of the API that answers it.
 *
 * @param type null for an error in Qdrant's own words
 * @param members further members: limit, used, requested, errors, …
 */
record ApiError(int status, @Nullable ProblemType type, String detail, Map<String, Object> members) {

    static ApiError of(ProblemException problem) {
        return new ApiError(
                problem.type().status(), problem.type(), String.valueOf(problem.getMessage()), problem.members());
    }

    static ApiError of(ProblemType type, String detail) {
        return new ApiError(type.status(), type, detail, Map.of());
    }

    static ApiError of(TenantApiException error) {
        return new ApiError(error.status(), null, String.valueOf(error.getMessage()), Map.of());
    }
}
