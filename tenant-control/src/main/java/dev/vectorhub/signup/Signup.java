package dev.vectorhub.signup;

import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished signup as its row was read.
 *
 * @param tenant null until the address was found to be new
 * @param email lower case
 * @param password null once the identity provider has it
 * @param passwordTrusted false if somebody signed up with the address before
 * @param subject the identity provider's user, once noted
 * @param organisationId the identity provider's organisation, once noted
 * @param attempts claims since the last step that went well
 */
record Signup(
        UUID id,
        @Nullable TenantId tenant,
        State state,
        String email,
        String organisation,
        String plan,
        @Nullable IsolationMode isolation,
        @Nullable PasswordHash password,
        boolean passwordTrusted,
        @Nullable String subject,
        @Nullable String organisationId,
        @Nullable Instant mailSentAt,
        String retireReason,
        int attempts,
        Instant createdAt) {

    enum State {
        OPEN,
        /** Its user and organisation are to go. */
        RETIRING,
        COMPLETED
    }
}
