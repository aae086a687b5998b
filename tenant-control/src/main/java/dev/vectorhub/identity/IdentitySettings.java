package dev.vectorhub.identity;

import java.net.URI;
import java.time.Duration;

/**
 * How the identity provider is reached.
 *
 * @param url for example {@code http://127.0.0.1:8180}, without a slash at the end
 * @param clientId whose service account may manage users and organisations
 * @param timeout of one call
 * @param linkLifespan how long a verification link works
 */
public record IdentitySettings(
        URI url, String realm, String clientId, String clientSecret, Duration timeout, Duration linkLifespan) {

    public static IdentitySettings of(URI url, String realm, String clientSecret) {
        return new IdentitySettings(url, realm, "hub-api", clientSecret, Duration.ofSeconds(10), Duration.ofDays(1));
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "IdentitySettings[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
    }
}
