package dev.vectorhub.console.tenants;

import dev.vectorhub.console.part.Badge;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantState;

/** States and modes in the words of the console. */
public final class StateWords {
    private StateWords() {}

    /** {@code Active}, {@code Read-only}, … */
    public static String of(TenantState state) {
        return switch (state) {
            case PENDING -> "Unverified";
            case PROVISIONING -> "Provisioning";
            case ACTIVE -> "Active";
            case READ_ONLY -> "Read-only";
            case SUSPENDED -> "Suspended";
            case DELETING -> "Deleting";
            case DELETED -> "Deleted";
        };
    }

    public static Badge badge(TenantState state) {
        return new Badge(of(state), tone(state));
    }

    static Badge.Tone tone(TenantState state) {
        return switch (state) {
            case ACTIVE -> Badge.Tone.GOOD;
            case PROVISIONING -> Badge.Tone.BUSY;
            case READ_ONLY -> Badge.Tone.WARN;
            case SUSPENDED, DELETING -> Badge.Tone.BAD;
            case PENDING, DELETED -> Badge.Tone.QUIET;
        };
    }

    /** What a tenant's data shares with others. */
    public static String of(IsolationMode mode) {
        return switch (mode) {
            case NONE -> "Shared index";
            case COLLECTION -> "Own collections";
            case STORAGE -> "Own storage";
        };
    }
}
