package dev.vectorhub.console.welcome;

import dev.vectorhub.tenant.TenantState;

/** What a member is told whose tenant cannot be used at the moment. */
public final class Waiting {
    private Waiting() {}

    /** Whether the tenant's pages have something to offer. */
    public static boolean usable(TenantState state) {
        return switch (state) {
            case ACTIVE, READ_ONLY, SUSPENDED -> true;
            case PENDING, PROVISIONING, DELETING, DELETED -> false;
        };
    }

    /** Whether waiting is all there is to do. */
    public static boolean changesByItself(TenantState state) {
        return state == TenantState.PROVISIONING || state == TenantState.PENDING;
    }

    public static String title(TenantState state) {
        return switch (state) {
            case PENDING -> "Confirm your address";
            case PROVISIONING -> "Your space is being made ready";
            case DELETING -> "This tenant is being deleted";
            case DELETED -> "This tenant is deleted";
            case ACTIVE, READ_ONLY, SUSPENDED -> "Your tenant";
        };
    }

    public static String advice(TenantState state) {
        return switch (state) {
            case PENDING -> "Open the link in the mail that we sent you. This page goes on by itself afterwards.";
            case PROVISIONING -> "That takes a few seconds. This page goes on by itself.";
            case DELETING -> "Its data is erased when the grace ends. Until then an operator can restore it.";
            case DELETED -> "Its data has been erased.";
            case ACTIVE, READ_ONLY, SUSPENDED -> "";
        };
    }
}
