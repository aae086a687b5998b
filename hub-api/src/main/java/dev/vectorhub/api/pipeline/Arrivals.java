package dev.vectorhub.api.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The outermost filter of HTTP: gives each request its id and its {@link Arrival}, and closes the account at its end. */
@ApplicationScoped
class Arrivals {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

    private final Accounts accounts;

    @Inject
    Arrivals(Accounts accounts) {
        this.accounts = accounts;
    }

    void register(@Observes Filters filters) {
        filters.register(this::arrive, FilterPriorities.ARRIVAL);
    }

    private void arrive(RoutingContext http) {
        Arrival arrival = accounts.open(http.request().getHeader(REQUEST_ID));
        arrival.putOn(http);
        http.response().putHeader(REQUEST_ID, arrival.requestId());
        http.addEndHandler(ended -> accounts.close(
                arrival,
                http.response().getStatusCode(),
                http.request().bytesRead(),
                http.response().bytesWritten()));
        http.next();
    }
}
