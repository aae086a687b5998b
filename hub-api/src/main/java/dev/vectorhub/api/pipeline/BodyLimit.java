package dev.vectorhub.api.pipeline;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a request whose {@code Content-Length} is over the bound, before any of its body is read and in the form of the
 * API that it addressed. The server refuses it as well, with an empty answer; that is left for bodies without a length.
 */
@ApplicationScoped
class BodyLimit {

    private final ErrorBodies bodies;
    private final long bytesMax;

    @Inject
    BodyLimit(
            ErrorBodies bodies,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "32M") MemorySize max) {
        this.bodies = bodies;
        this.bytesMax = max.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FilterPriorities.BODY_LIMIT);
    }

    private void check(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || withinBound(length)) {
            http.next();
            return;
        }
        // The rest of the body is not read, so the connection cannot serve another request.
        http.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, bodies.contentType(http))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        http.addEndHandler(ended -> http.request().connection().close());
        http.response().end(bodies.body(http, ErrorMappers.framework(413, http)));
    }

    private boolean withinBound(String length) {
        try {
            return Long.parseLong(length) <= bytesMax;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
