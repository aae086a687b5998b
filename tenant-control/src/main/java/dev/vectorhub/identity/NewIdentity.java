package dev.vectorhub.identity;

import org.jspecify.annotations.Nullable;

/**
 * A user to make, not verified yet.
 *
 * @param signup recognises the user when the call is repeated
 * @param password null: the person chooses one when the address is verified
 */
public record NewIdentity(
        String email, String signup, @Nullable PasswordHash password) {}
