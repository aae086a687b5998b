package dev.vectorhub.api.control;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls an operation of the control API, as the gate found out. */
public sealed interface Caller {

    /**
     * Somebody that acts for one tenant, and can act for no other.
     *
     * @param key the rights of the API key that calls; null for a person
     */
    record OfTenant(TenantId tenant, Actor actor, @Nullable TenantScope key) implements Caller {

        public boolean reaches(String collection) {
            return key == null || key.reaches(collection);
        }

        /**
         * Nobody gives a right that it lacks itself.
         *
         * @throws ProblemException {@code forbidden} where a key would have more rights than the key that asks for it
         */
        public void requireGivable(Set<KeyScope> scopes) {
            for (KeyScope scope : scopes) {
                if (key != null && !key.has(scope)) {
                    throw new ProblemException(
                            ProblemType.FORBIDDEN,
                            "The API key cannot give the scope '" + scope.name().toLowerCase(Locale.ROOT)
                                    + "', which it lacks itself");
                }
            }
        }
    }

    record Operator(Actor actor) implements Caller {}

    /** Whom the audit names. */
    Actor actor();

    /** The tenant that the request acts for. */
    static OfTenant tenant(RoutingContext http) {
        return (OfTenant) of(http);
    }

    /** The operator that the request comes from. */
    static Operator operator(RoutingContext http) {
        return (Operator) of(http);
    }

    /** Whoever it is. */
    static Caller of(RoutingContext http) {
        Caller caller = http.get(ControlGate.CALLER);
        if (caller == null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Not permitted");
        }
        return caller;
    }
}
