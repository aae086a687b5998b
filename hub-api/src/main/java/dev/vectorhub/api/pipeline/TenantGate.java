package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** Puts {@link TenantPipeline} in front of each matched resource method, on the worker that will run it. */
@Provider
@Priority(FilterPriorities.ADMISSION)
class TenantGate implements ContainerRequestFilter {

    /** The path parameter that names a collection, as Qdrant's OpenAPI spells it. */
    static final String COLLECTION = "collection_name";

    private static final int NAME_SHOWN_MAX = 64;

    private final TenantPipeline pipeline;
    private final Accounts accounts;
    private final ErrorResponses errors;
    private final OperationRegistry operations;
    private final Refusals refusals;

    @Inject
    TenantGate(
            TenantPipeline pipeline,
            Accounts accounts,
            ErrorResponses errors,
            OperationRegistry operations,
            Refusals refusals) {
        this.pipeline = pipeline;
        this.accounts = accounts;
        this.errors = errors;
        this.operations = operations;
        this.refusals = refusals;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) context).getServerRequestContext();
        RoutingContext http = request.unwrap(RoutingContext.class);
        Arrival arrival = Arrival.of(http);
        accounts.taken(arrival);
        OperationRegistry.Served served =
                operations.tenantOperation(request.getTarget().getLazyMethod()).orElse(null);
        if (served == null) {
            return;
        }
        arrival.at(served.endpoint());
        String key = PresentedKey.of(http.request().headers());
        switch (pipeline.admit(key, served.operation(), collection(request), arrival)) {
            case Admission.Admitted(TenantCall call, RateLimitState limit) -> {
                show(limit, http);
                requireValues(http);
            }
            case Admission.Refused(ProblemException problem, RateLimitState limit) -> {
                show(limit, http);
                refusals.count(problem.type());
                context.abortWith(errors.of(http, problem));
            }
        }
    }

    /** The framework takes a parameter without a value for none, and the request would mean something else. */
    private static void requireValues(RoutingContext http) {
        if (http.request().query() == null) {
            return;
        }
        for (Map.Entry<String, String> parameter : http.queryParams()) {
            if (parameter.getValue().isEmpty()) {
                String name = parameter.getKey();
                throw new TenantApiException(
                        400,
                        "Deserialize error in query parameters: "
                                + name.substring(0, Math.min(name.length(), NAME_SHOWN_MAX)) + ": a value is missing");
            }
        }
    }

    private static void show(@Nullable RateLimitState limit, RoutingContext http) {
        if (limit != null) {
            limit.writeTo(http.response().headers());
        }
    }

    private static @Nullable String collection(ResteasyReactiveRequestContext request) {
        return request.getTarget().getPathParameterIndexes().containsKey(COLLECTION)
                ? request.getPathParameter(COLLECTION, false)
                : null;
    }
}
