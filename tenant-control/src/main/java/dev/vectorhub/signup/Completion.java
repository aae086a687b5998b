package dev.vectorhub.signup;

import dev.vectorhub.tenant.TenantId;

/** What became of a signup whose link was followed. */
public sealed interface Completion {

    /** There is a tenant; it is or will soon be ACTIVE. */
    record Completed(TenantId tenant) implements Completion {}

    /** The identity provider does not say that the address is verified. */
    record NotVerified() implements Completion {}

    /** No such signup, or one that has lapsed. */
    record Unknown() implements Completion {}
}
