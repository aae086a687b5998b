package dev.vectorhub.api.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/**
 * Says for the tenant API, which has keys and no tokens, what becomes of a token that is refused, before Quarkus says it. For the
 * sake of its metrics Quarkus would first look up whose resource each request is, by a map of all paths that it makes anew each
 * time: a tenth of what a search allocates (DD024).
 */
@ApplicationScoped
class TokenFailures {

    private static final BiConsumer<RoutingContext, Throwable> FAIL = RoutingContext::fail;

    void register(@Observes Filters filters) {
        filters.register(TokenFailures::say, FilterPriorities.TOKEN_FAILURE);
    }

    private static void say(RoutingContext http) {
        if (EarlyBodies.isTenants(http.request())) {
            http.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, FAIL);
        }
        http.next();
    }
}
