package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** What the pipeline decided about a request of the tenant API. */
public sealed interface Admission {

    /**
     * It is served.
     *
     * @param limit where the tenant stands after this request; null where the operation takes no tokens
     */
    record Admitted(TenantCall call, @Nullable RateLimitState limit) implements Admission {}

    /**
     * It is not served.
     *
     * @param limit set where the rate limit refused the request
     */
    record Refused(ProblemException problem, @Nullable RateLimitState limit) implements Admission {}
}
