package dev.vectorhub.api.pipeline;

import dev.vectorhub.apikey.KeyAuthentication;
import dev.vectorhub.apikey.KeyAuthenticator;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.ratelimit.RateLimitDecision;
import dev.vectorhub.ratelimit.RateLimiter;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request of the tenant API is served. Knows no transport: REST and gRPC put the same question.
 *
 * <p>The stages run in the order of {@link #admit}; each sees only what the ones before it let through. On a warm key
 * none of them touches the database.
 */
@ApplicationScoped
public class TenantPipeline {

    private static final Logger LOG = Logger.getLogger(TenantPipeline.class);

    /** Problem member and, as {@code Retry-After}, header: seconds. */
    static final String RETRY_AFTER = "retryAfterSeconds";

    private final KeyAuthenticator keys;
    private final RateLimiter rates;

    @Inject
    TenantPipeline(KeyAuthenticator keys, RateLimiter rates) {
        this.keys = keys;
        this.rates = rates;
    }

    /**
     * Runs all stages.
     *
     * @param presentedKey as the caller sent it, or null
     * @param collection the collection that the operation names, or null where it names none
     */
    public Admission admit(
            @Nullable String presentedKey, Operation operation, @Nullable String collection, Arrival arrival) {
        return switch (recognise(presentedKey, arrival)) {
            case Recognition.Caller(TenantScope scope) -> admit(scope, operation, collection, arrival);
            case Recognition.Nobody(ProblemException problem) -> new Admission.Refused(problem, null);
        };
    }

    /** The first stage alone: whose key it is. For a transport that knows the key before it knows the request. */
    public Recognition recognise(@Nullable String presentedKey, Arrival arrival) {
        if (presentedKey == null) {
            return new Recognition.Nobody(new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Must provide an API key or an Authorization bearer token"));
        }
        return switch (keys.authenticate(presentedKey)) {
            case KeyAuthentication.Authenticated authenticated -> new Recognition.Caller(authenticated.scope());
            case KeyAuthentication.Refused refusal -> {
                LOG.debugf("Key refused: %s, request %s", refusal.reason(), arrival.requestId());
                yield new Recognition.Nobody(new ProblemException(ProblemType.UNAUTHENTICATED, "Invalid API key"));
            }
        };
    }

    /** Whether {@link #recognise} answers without the database, so that it may run where nothing may block. */
    public boolean recognisesAtOnce(@Nullable String presentedKey) {
        return presentedKey == null || keys.isCached(presentedKey);
    }

    /** The stages behind the first. */
    public Admission admit(TenantScope scope, Operation operation, @Nullable String collection, Arrival arrival) {
        if (!scope.has(operation.scope())) {
            return refused(
                    ProblemType.FORBIDDEN,
                    "The API key lacks the scope '" + operation.scope().name().toLowerCase(Locale.ROOT) + "'");
        }
        if (collection != null && !scope.reaches(collection)) {
            return refused(ProblemType.FORBIDDEN, "The API key does not reach the collection `" + collection + "`");
        }
        if (!StateGate.permits(scope.state(), operation.access())) {
            return new Admission.Refused(StateGate.refusal(scope.state()), null);
        }
        TenantCall call = new TenantCall(scope, operation, arrival);
        if (operation.cost() == 0) {
            return admitted(call, null);
        }
        return switch (rates.tryConsume(scope, operation.cost())) {
            case RateLimitDecision.Allowed allowed -> admitted(call, RateLimitState.of(allowed));
            case RateLimitDecision.Denied denied ->
                new Admission.Refused(rateProblem(denied), RateLimitState.of(denied));
        };
    }

    /**
     * Takes the tokens of a batch's further entries (the first is paid on admission) and bills it as so many requests.
     *
     * @throws ProblemException {@code rate-limited}: nothing may be done then
     */
    public void charge(TenantCall call, int entries) {
        if (entries > 1) {
            int cost = Math.multiplyExact(call.operation().cost(), entries - 1);
            if (cost > 0 && rates.tryConsume(call.scope(), cost) instanceof RateLimitDecision.Denied denied) {
                throw rateProblem(denied);
            }
            call.countAs(entries);
        }
    }

    /**
     * Takes the tokens of texts that are to be embedded from the plan's minute.
     *
     * @throws ProblemException {@code quota-exceeded} where a whole minute would not do, {@code rate-limited} where this one
     *     does not: nothing may be embedded then
     */
    public void chargeTexts(TenantCall call, int tokens) {
        long limit = call.scope().limits().maxInferenceTokensPerMinute();
        if (tokens > limit) {
            throw ProblemException.quotaExceeded("max_inference_tokens_per_minute", limit, 0, tokens);
        }
        if (rates.tryEmbed(call.scope(), tokens) instanceof RateLimitDecision.Denied denied) {
            throw rateProblem(denied);
        }
    }

    private static Admission admitted(TenantCall call, @Nullable RateLimitState limit) {
        call.arrival().admitted(call);
        return new Admission.Admitted(call, limit);
    }

    private static Admission refused(ProblemType type, String detail) {
        return new Admission.Refused(new ProblemException(type, detail), null);
    }

    /** The refusal that a denied rate limit stands for. */
    public static ProblemException rateProblem(RateLimitDecision.Denied denied) {
        return new ProblemException(
                ProblemType.RATE_LIMITED,
                whose(denied.layer()) + " limit of " + denied.limit()
                        + (denied.layer() == RateLimitDecision.Layer.TEXTS ? " tokens of text" : " requests")
                        + " a minute is reached; retry after "
                        + denied.retryAfterSeconds() + " s",
                Map.of(
                        "limit",
                        denied.limit(),
                        "layer",
                        denied.layer().name().toLowerCase(Locale.ROOT),
                        RETRY_AFTER,
                        denied.retryAfterSeconds()));
    }

    private static String whose(RateLimitDecision.Layer layer) {
        return switch (layer) {
            case COLLECTION -> "The collection's";
            case KEY -> "The API key's";
            case TENANT -> "The tenant's";
            case TEXTS -> "The tenant's";
            case USER -> "The user's";
            case NODE -> "This node's";
        };
    }
}
