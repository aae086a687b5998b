package dev.vectorhub.api.pipeline;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;

/** What each resource method declares. A method that declares nothing stops the start. */
@ApplicationScoped
public class OperationRegistry {

    private final BeanManager beans;
    private final Map<ResteasyReactiveResourceInfo, Optional<Served>> tenantOperations = new ConcurrentHashMap<>();

    /**
     * An operation as a route serves it.
     *
     * @param endpoint method and path, with the parameters' names: {@code GET /collections/{collection_name}}
     */
    record Served(Operation operation, String endpoint) {}

    @Inject
    OperationRegistry(BeanManager beans) {
        this.beans = beans;
    }

    void onStart(@Observes StartupEvent event) {
        List<Method> undeclared = undeclared(resourceMethods());
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException("Resource methods that declare no operation: " + undeclared);
        }
    }

    /** The methods of all resources that answer requests. */
    public List<Method> resourceMethods() {
        List<Method> methods = new ArrayList<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getBeanClass().isAnnotationPresent(Path.class)) {
                for (Method method : bean.getBeanClass().getMethods()) {
                    if (answersRequests(method)) {
                        methods.add(method);
                    }
                }
            }
        }
        return methods;
    }

    static List<Method> undeclared(List<Method> methods) {
        return methods.stream().filter(method -> !declared(method)).toList();
    }

    /** The declared operation of the tenant API; empty where another gate is responsible. */
    Optional<Served> tenantOperation(ResteasyReactiveResourceInfo resource) {
        Optional<Served> known = tenantOperations.get(resource);
        return known != null ? known : tenantOperations.computeIfAbsent(resource, OperationRegistry::read);
    }

    /**
     * The operation of the tenant API that a resource method declares under the name, so that another transport asks for
     * the same rights and charges the same.
     *
     * @throws IllegalStateException where none does
     */
    public Operation named(String name) {
        for (Method method : resourceMethods()) {
            TenantOperation declared = method.getAnnotation(TenantOperation.class);
            if (declared != null && declared.name().equals(name)) {
                return Operation.of(declared);
            }
        }
        throw new IllegalStateException("no resource declares the operation " + name);
    }

    private static Optional<Served> read(ResteasyReactiveResourceInfo resource) {
        Method method = resource.getMethod();
        if (!declared(method)) {
            throw new IllegalStateException(method + " declares no operation");
        }
        return Optional.ofNullable(method.getAnnotation(TenantOperation.class))
                .map(declared -> new Served(Operation.of(declared), endpoint(method)));
    }

    private static String endpoint(Method method) {
        StringBuilder endpoint = new StringBuilder();
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                endpoint.append(verb.value()).append(' ');
            }
        }
        Path root = method.getDeclaringClass().getAnnotation(Path.class);
        Path own = method.getAnnotation(Path.class);
        String path = (root == null ? "" : root.value()) + "/" + (own == null ? "" : own.value());
        String clean = path.replaceAll("/+", "/");
        return endpoint.append(
                        clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean)
                .toString();
    }

    private static boolean declared(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(DeclaresOperation.class));
    }

    private static boolean answersRequests(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
                return true;
            }
        }
        return false;
    }
}
