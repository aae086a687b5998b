package dev.vectorhub.api.qdrant;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.resteasy.reactive.RestResponse;

/** What clients ask before anything else: which version this is, and whether it lives. */
@Path("/")
public class RootResource {

    /** The version of Qdrant whose API this is; clients compare it with their own. */
    public static final String API_VERSION = "1.19.0";

    public static final String TITLE = "Vectorizer Hub, Qdrant-compatible";

    private static final String VERSION = "{\"title\":\"" + TITLE + "\",\"version\":\"" + API_VERSION + "\"}";

    private final Instance<HealthCheck> checks;

    @Inject
    RootResource(@Readiness Instance<HealthCheck> checks) {
        this.checks = checks;
    }

    @GET
    @PublicOperation
    @Produces(MediaType.APPLICATION_JSON)
    public String version() {
        return VERSION;
    }

    @GET
    @Path("healthz")
    @PublicOperation
    @Produces(MediaType.TEXT_PLAIN)
    public String health() {
        return "healthz check passed";
    }

    @GET
    @Path("livez")
    @PublicOperation
    @Produces(MediaType.TEXT_PLAIN)
    public String live() {
        return "healthz check passed";
    }

    @GET
    @Path("readyz")
    @PublicOperation
    @Produces(MediaType.TEXT_PLAIN)
    public RestResponse<String> ready() {
        for (HealthCheck check : checks) {
            if (check.call().getStatus() != HealthCheckResponse.Status.UP) {
                return RestResponse.status(RestResponse.Status.SERVICE_UNAVAILABLE, "some parts are not ready");
            }
        }
        return RestResponse.ok("all shards are ready");
    }
}
