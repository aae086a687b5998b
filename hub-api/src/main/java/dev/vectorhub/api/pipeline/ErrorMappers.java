package dev.vectorhub.api.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every exception that leaves a filter, a body reader or a resource becomes an answer here; nothing of the framework's own
 * reaches a client. The cause of a 5xx goes to the log with the request's id, never into the answer.
 */
class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private final ErrorResponses responses;

    @Inject
    ErrorMappers(ErrorResponses responses) {
        this.responses = responses;
    }

    @ServerExceptionMapper
    Response problem(ProblemException problem, RoutingContext http) {
        return anything(problem, http);
    }

    @ServerExceptionMapper
    Response tenantApi(TenantApiException error, RoutingContext http) {
        return anything(error, http);
    }

    @ServerExceptionMapper
    Response engine(EngineException refused, RoutingContext http) {
        return anything(refused, http);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException violations, RoutingContext http) {
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
            errors.add(new FieldError(field(violation.getPropertyPath()), violation.getMessage()));
        }
        return responses.of(http, ProblemException.validation(errors));
    }

    @ServerExceptionMapper(priority = 1)
    Response json(MismatchedInputException malformed, RoutingContext http) {
        return malformed(malformed, http);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException error, RoutingContext http) {
        if (error.getCause() instanceof JacksonException malformed) {
            return malformed(malformed, http);
        }
        int status = error.getResponse().getStatus();
        if (status < 400) {
            return error.getResponse();
        }
        Response response = responses.of(http, framework(status, http));
        String allow = error.getResponse().getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) {
            response = Response.fromResponse(response)
                    .header(HttpHeaders.ALLOW, allow)
                    .build();
        }
        if (status >= 500) {
            LOG.errorf(
                    error,
                    "%s failed, request %s",
                    operation(http),
                    Arrival.of(http).requestId());
        }
        return response;
    }

    /** All workers are busy and the queue in front of them is full. */
    @ServerExceptionMapper
    Response overloaded(RejectedExecutionException error, RoutingContext http) {
        return anything(error, http);
    }

    @ServerExceptionMapper
    Response anything(Throwable error, RoutingContext http) {
        return responses.of(http, ApiError.of(error, operation(http), Arrival.of(http)));
    }

    /** What the framework says with a bare status, in a sentence of ours. */
    static ApiError framework(int status, RoutingContext http) {
        return switch (status) {
            case 404 -> ApiError.of(ProblemType.NOT_FOUND, "No such resource: " + http.normalizedPath());
            case 405 ->
                ApiError.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        http.request().method() + " is not a method of " + http.normalizedPath());
            case 406 -> malformed(status, "No answer here is of the kind that the header Accept asks for");
            case 413 -> ApiError.of(ProblemType.PAYLOAD_TOO_LARGE, "The request body is larger than the hub accepts");
            case 415 -> ApiError.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json");
            case 401 -> ApiError.of(ProblemType.UNAUTHENTICATED, "Authentication is required");
            case 403 -> ApiError.of(ProblemType.FORBIDDEN, "Not permitted");
            case 503 -> ApiError.of(ProblemType.UNAVAILABLE, "The hub cannot serve the request now; retry");
            default ->
                status < 500
                        ? malformed(status, "The request is malformed")
                        : ApiError.of(
                                ProblemType.INTERNAL, "The hub failed; the log has the cause under the request id");
        };
    }

    private static ApiError malformed(int status, String detail) {
        return new ApiError(status, ProblemType.MALFORMED_REQUEST, detail, Map.of());
    }

    private Response malformed(JacksonException malformed, RoutingContext http) {
        // A record that refuses its components says what is wrong better than the parser does.
        if (malformed.getCause() instanceof ProblemException refused) {
            return responses.of(http, refused);
        }
        return responses.of(
                http, ApiError.of(ProblemType.MALFORMED_REQUEST, "Format error in JSON body: " + sentence(malformed)));
    }

    /** What is wrong and where, without the names of our classes. */
    static String sentence(JacksonException malformed) {
        StringBuilder text = new StringBuilder();
        if (malformed instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            StringBuilder field = new StringBuilder();
            for (JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() == null) {
                    field.append('[').append(step.getIndex()).append(']');
                } else {
                    field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
            text.append("field '").append(field).append("' ");
            text.append(
                    malformed instanceof UnrecognizedPropertyException ? "is not known" : "has a wrong value or type");
        } else if (malformed instanceof MismatchedInputException) {
            text.append("the body has a wrong type or is empty");
        } else {
            text.append("it is not valid JSON");
        }
        if (malformed.getLocation() != null && malformed.getLocation().getLineNr() > 0) {
            text.append(" at line ")
                    .append(malformed.getLocation().getLineNr())
                    .append(" column ")
                    .append(malformed.getLocation().getColumnNr());
        }
        return text.toString();
    }

    /** The path below the method's argument. */
    private static String field(Path path) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case METHOD -> {}
                case PARAMETER, PROPERTY -> {
                    field.append(field.isEmpty() ? "" : ".").append(node.getName());
                    if (node.getIndex() != null) {
                        field.append('[').append(node.getIndex()).append(']');
                    }
                }
                default -> {}
            }
        }
        return field.toString();
    }

    private static String operation(RoutingContext http) {
        return http.request().method() + " " + http.normalizedPath();
    }
}
