package dev.vectorhub.console.tenants;

import dev.vectorhub.console.part.Badge;
import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantState;
import java.util.ArrayList;
import java.util.List;

/** States and modes in the words of the console. */
public final class StateWords {
    private static final int NAMES_MAX = 5;

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

    /**
     * What its members are told of damage; empty if there is none.
     *
     * @param collections that cannot be served; an empty name stands for all
     */
    public static String notice(List<String> collections) {
        if (collections.isEmpty()) {
            return "";
        }
        boolean all = collections.contains("");
        String which = all
                ? "Your collections are"
                : collections.size() == 1
                        ? "The collection " + collections.getFirst() + " is"
                        : "The collections " + String.join(", ", shown(collections)) + " are";
        return which + " out of service: a stored file is damaged. Requests are answered 503"
                + (all ? "" : "; your other collections work")
                + ". The operator of this hub sees it too. What a backup holds can be restored beside it at once.";
    }

    private static List<String> shown(List<String> names) {
        if (names.size() <= NAMES_MAX) {
            return names;
        }
        List<String> some = new ArrayList<>(names.subList(0, NAMES_MAX - 1));
        some.add((names.size() - some.size()) + " more");
        return some;
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
