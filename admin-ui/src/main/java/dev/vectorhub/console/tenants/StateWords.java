package dev.vectorhub.console.tenants;

import dev.vectorhub.console.part.Badge;
import dev.vectorhub.placement.IsolationProgress;
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

    /** What its members are told of a tenant that cannot do all that it should; empty if it can. */
    public static String notice(TenantState state) {
        return switch (state) {
            case ACTIVE -> "";
            case PENDING -> "Confirm your e-mail address: until then nothing works here. The link is in your mailbox.";
            case PROVISIONING -> "Your space is being made ready. Requests are answered in a few seconds.";
            case READ_ONLY ->
                "You store more than your plan allows, so writes are refused. Searches and deletions work: delete data,"
                        + " or ask for a larger plan.";
            case SUSPENDED ->
                "This tenant is suspended: requests are refused. Your data and keys are kept. Ask the operator of this"
                        + " hub what to do.";
            case DELETING ->
                "This tenant is being deleted: requests are refused. An operator can restore it until the grace ends.";
            case DELETED -> "This tenant is deleted.";
        };
    }

    /** How far a change of isolation is. */
    public static Badge badge(IsolationProgress.State state) {
        return switch (state) {
            case SETTLED -> new Badge("In place", Badge.Tone.GOOD);
            case MOVING -> new Badge("Moving", Badge.Tone.BUSY);
            case HINDERED -> new Badge("Hindered", Badge.Tone.BAD);
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

    /** What a mode means, in a sentence. */
    public static String meaning(IsolationMode mode) {
        return switch (mode) {
            case NONE ->
                "Small collections lie packed in files together with other tenants'; that takes the least space and opens"
                        + " the fastest.";
            case COLLECTION -> "Each collection has files of its own; nothing of another tenant lies in them.";
            case STORAGE -> "All data lies in a folder of its own, which can be moved and erased as one.";
        };
    }
}
