package dev.vectorhub.signup;

import dev.vectorhub.tenant.IsolationMode;
import org.jspecify.annotations.Nullable;

/**
 * The signup form.
 *
 * @param organisation display name, {@value SignupValidation#ORGANISATION_CHARS_MIN} to
 *     {@value SignupValidation#ORGANISATION_CHARS_MAX} characters
 * @param plan a plan's code; null takes the default
 * @param isolation null takes the plan's
 */
public record SignupRequest(
        String organisation,
        String email,
        String password,
        @Nullable String plan,
        @Nullable IsolationMode isolation) {

    /** Says nothing of the secret or the person. */
    @Override
    public String toString() {
        return "SignupRequest[organisation=" + organisation + "]";
    }
}
