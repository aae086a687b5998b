package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Errors as answers: status, body and the headers that a client acts on. */
@ApplicationScoped
public class ErrorResponses {

    private final ErrorBodies bodies;

    @Inject
    ErrorResponses(ErrorBodies bodies) {
        this.bodies = bodies;
    }

    /** The answer for a problem, in the form of the API that the request addressed. */
    public Response of(RoutingContext http, ProblemException problem) {
        return of(http, ApiError.of(problem));
    }

    Response of(RoutingContext http, ApiError error) {
        Response.ResponseBuilder response = Response.status(error.status())
                .header(HttpHeaders.CONTENT_TYPE, bodies.contentType(http, error))
                .entity(bodies.body(http, error));
        Long retryAfter = error.retryAfterSeconds();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (error.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"vectorhub\"");
        }
        return response.build();
    }
}
