package dev.vectorhub.identity;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The identity provider as the configuration names it. */
@Singleton
class IdentityBeans {

    @Produces
    @Singleton
    IdentitySettings settings(
            @ConfigProperty(name = "hub.identity.url") URI url,
            @ConfigProperty(name = "hub.identity.realm", defaultValue = "vectorhub") String realm,
            @ConfigProperty(name = "hub.identity.client-secret") String clientSecret) {
        String text = url.toString();
        URI trimmed = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
        return IdentitySettings.of(trimmed, realm, clientSecret);
    }

    @Produces
    @Singleton
    Identities identities(IdentitySettings settings, Clock clock) {
        return new KeycloakIdentities(settings, clock);
    }

    void close(@Disposes Identities identities) {
        if (identities instanceof KeycloakIdentities keycloak) {
            keycloak.close();
        }
    }
}
