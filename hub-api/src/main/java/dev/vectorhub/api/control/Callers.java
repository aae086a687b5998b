package dev.vectorhub.api.control;

import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.pipeline.PresentedKey;
import dev.vectorhub.api.pipeline.RateLimitState;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.apikey.KeyAuthentication;
import dev.vectorhub.apikey.KeyAuthenticator;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.ratelimit.RateLimitDecision;
import dev.vectorhub.ratelimit.RateLimiter;
import dev.vectorhub.ratelimit.UserRates;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.TenantScope;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Finds out who calls the control API: one of our keys, told by its prefix, or a user by a token of the identity provider.
 * Rights inside a tenant come from the hub's own table of members, never from the token.
 */
@ApplicationScoped
class Callers {

    static final String OPERATOR_ROLE = "operator";

    private final KeyAuthenticator keys;
    private final RateLimiter rates;
    private final UserRates userRates;
    private final IdentityProviderManager identities;
    private final MemberTenants members;

    @Inject
    Callers(
            KeyAuthenticator keys,
            RateLimiter rates,
            UserRates userRates,
            IdentityProviderManager identities,
            MemberTenants members) {
        this.keys = keys;
        this.rates = rates;
        this.userRates = userRates;
        this.identities = identities;
        this.members = members;
    }

    /** @throws ProblemException where the caller is unknown or may not do this */
    Caller identify(RoutingContext http, ControlOperation operation) {
        String presented = PresentedKey.of(http.request().headers());
        if (presented == null) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "Send an access token or an API key");
        }
        return presented.startsWith(PresentedKey.PREFIX) ? byKey(http, presented, operation) : byToken(http, operation);
    }

    private Caller byKey(RoutingContext http, String presented, ControlOperation operation) {
        TenantScope scope = switch (keys.authenticate(presented)) {
            case KeyAuthentication.Authenticated authenticated -> authenticated.scope();
            case KeyAuthentication.Refused refusal ->
                throw new ProblemException(ProblemType.UNAUTHENTICATED, "Invalid API key");
        };
        if (operation.audience() == Audience.OPERATOR) {
            throw operatorsOnly();
        }
        if (!scope.has(KeyScope.MANAGE)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The API key lacks the scope 'manage'");
        }
        if (!scope.collectionPatterns().isEmpty() && !operation.restrictedKeys()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The API key is restricted to some collections, and this concerns the whole tenant");
        }
        if (operation.ownersOnly()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only owners of the tenant may do this, not its keys");
        }
        StateGate.require(scope.state(), operation.access());
        // The same bucket as the tenant API's: a key cannot get around its limit here.
        admit(http, rates.tryConsume(scope, 1));
        return new Caller.OfTenant(scope.tenant(), Actor.key(scope.keyId()), scope);
    }

    private Caller byToken(RoutingContext http, ControlOperation operation) {
        SecurityIdentity identity = identity(http);
        admit(
                http,
                userRates.tryConsume(
                        MemberTenants.actor(Actor.Kind.MEMBER, identity).id()));
        if (operation.audience() != Audience.TENANT && identity.hasRole(OPERATOR_ROLE)) {
            return new Caller.Operator(MemberTenants.actor(Actor.Kind.OPERATOR, identity));
        }
        if (operation.audience() == Audience.OPERATOR) {
            throw operatorsOnly();
        }
        return members.caller(identity, http.request().getHeader(MemberTenants.HEADER), operation);
    }

    private static void admit(RoutingContext http, RateLimitDecision decision) {
        RateLimitState.of(decision).writeTo(http.response().headers());
        if (decision instanceof RateLimitDecision.Denied denied) {
            throw TenantPipeline.rateProblem(denied);
        }
    }

    private SecurityIdentity identity(RoutingContext http) {
        SecurityIdentity identity;
        try {
            identity = QuarkusHttpUser.getSecurityIdentityBlocking(http, identities);
        } catch (AuthenticationFailedException e) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "The access token is not valid", e);
        } catch (OIDCException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The identity provider cannot be reached", e);
        }
        if (identity == null || identity.isAnonymous()) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "The access token is not valid");
        }
        return identity;
    }

    private static ProblemException operatorsOnly() {
        return new ProblemException(ProblemType.FORBIDDEN, "Only operators may do this");
    }
}
