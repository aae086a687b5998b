package dev.vectorhub.signup;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signup as the configuration has it. */
@Singleton
class SignupBeans {

    @Produces
    @Singleton
    SignupSettings settings(
            @ConfigProperty(name = "hub.api.url") String apiUrl,
            @ConfigProperty(name = "hub.signup.default-plan", defaultValue = "default") String defaultPlan,
            @ConfigProperty(name = "hub.signup.plans") Optional<Set<String>> plans,
            @ConfigProperty(name = "hub.signup.per-address-per-hour", defaultValue = "20") int perAddressPerHour,
            @ConfigProperty(name = "hub.signup.per-email-per-day", defaultValue = "5") int perEmailPerDay) {
        String trimmed = apiUrl.endsWith("/") ? apiUrl.substring(0, apiUrl.length() - 1) : apiUrl;
        return new SignupSettings(
                URI.create(trimmed),
                defaultPlan,
                plans.orElse(Set.of()),
                perAddressPerHour,
                perEmailPerDay,
                SignupSettings.EXPIRY);
    }
}
