package dev.vectorhub.api.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows whether the identity provider answers. Never down: without it nobody signs up or logs in, yet keys, which are what
 * applications use, work on.
 */
@Readiness
@ApplicationScoped
class IdentityReachable implements HealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI realm;

    @Inject
    IdentityReachable(
            @ConfigProperty(name = "hub.identity.url") String url,
            @ConfigProperty(name = "hub.identity.realm") String realm) {
        this.realm = URI.create(url + "/realms/" + realm);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("identity")
                .up()
                .withData("degraded", !answers())
                .build();
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(realm).timeout(TIMEOUT).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
