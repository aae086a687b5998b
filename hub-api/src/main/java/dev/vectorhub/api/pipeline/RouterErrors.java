package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Errors that arise before or beside the resources, in the same form as theirs: no page of the framework's gets out. */
@ApplicationScoped
class RouterErrors {

    private static final int[] STATUSES = {400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 431, 500, 501, 503};

    private final ErrorBodies bodies;

    @Inject
    RouterErrors(ErrorBodies bodies) {
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, http -> answer(http, status));
        }
        // Behind every other route: what nobody answers.
        router.route().order(Integer.MAX_VALUE).handler(http -> answer(http, 404));
    }

    private void answer(RoutingContext http, int status) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        ApiError error = status == 500 ? internal() : ErrorMappers.framework(status, http);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, bodies.contentType(http, error))
                .end(bodies.body(http, error));
    }

    private static ApiError internal() {
        return ApiError.of(ProblemType.INTERNAL, "The hub failed; the log has the cause under the request id");
    }
}
