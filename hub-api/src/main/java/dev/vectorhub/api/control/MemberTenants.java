package dev.vectorhub.api.control;

import dev.vectorhub.tenant.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Which tenant a user acts for. */
@ApplicationScoped
class MemberTenants {

    Caller caller(RoutingContext http, SecurityIdentity identity, ControlOperation operation) {
        throw new IllegalStateException(identity + " " + operation + http);
    }

    /** The user as the audit names it: the provider's subject, and the name or address for the reader. */
    static Actor actor(Actor.Kind kind, SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            String email = token.getClaim("email");
            return new Actor(kind, token.getSubject(), email == null ? token.getName() : email);
        }
        String name = identity.getPrincipal().getName();
        return new Actor(kind, name, name);
    }
}
