package dev.vectorhub.api.control;

import dev.vectorhub.api.pipeline.FilterPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;

/** Lets a request reach a resource of the control API only as its {@link ControlOperation} declares. */
@Provider
@Priority(FilterPriorities.ADMISSION)
class ControlGate implements ContainerRequestFilter {

    static final String CALLER = "hub.caller";

    private final Callers callers;
    private final Map<ResteasyReactiveResourceInfo, Optional<ControlOperation>> operations = new ConcurrentHashMap<>();

    @Inject
    ControlGate(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) context).getServerRequestContext();
        ControlOperation operation = operations
                .computeIfAbsent(
                        request.getTarget().getLazyMethod(),
                        info -> Optional.ofNullable(info.getMethod().getAnnotation(ControlOperation.class)))
                .orElse(null);
        if (operation == null || operation.audience() == ControlOperation.Audience.PUBLIC) {
            return;
        }
        RoutingContext http = request.unwrap(RoutingContext.class);
        http.put(CALLER, callers.identify(http, operation));
    }
}
