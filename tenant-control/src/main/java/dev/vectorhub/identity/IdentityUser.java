package dev.vectorhub.identity;

import org.jspecify.annotations.Nullable;

/**
 * A person as the identity provider knows them.
 *
 * @param subject the provider's id, the tokens' {@code sub}
 * @param signup the signup that made the user; null for one that was made otherwise
 */
public record IdentityUser(
        String subject,
        String email,
        boolean emailVerified,
        boolean enabled,
        @Nullable String signup) {}
