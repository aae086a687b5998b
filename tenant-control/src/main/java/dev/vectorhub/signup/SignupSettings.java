package dev.vectorhub.signup;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * How signup behaves.
 *
 * @param apiUrl public URL of the API, without a slash at the end; the mail's link ends there
 * @param defaultPlan for who names none
 * @param plans which plans anybody may choose; empty means all
 * @param perAddressPerHour signups from one network address
 * @param perEmailPerDay signups, and so mails, for one e-mail address; more are ignored with the same answer
 * @param expiry how long a signup waits for its verification
 */
public record SignupSettings(
        URI apiUrl, String defaultPlan, Set<String> plans, int perAddressPerHour, int perEmailPerDay, Duration expiry) {
    static final Duration EXPIRY = Duration.ofDays(7);

    public SignupSettings {
        plans = Set.copyOf(plans);
    }

    /** Where the person goes on once the address is verified. */
    URI completion(UUID signup) {
        return URI.create(apiUrl + "/v1/signup/complete?signup=" + signup);
    }
}
