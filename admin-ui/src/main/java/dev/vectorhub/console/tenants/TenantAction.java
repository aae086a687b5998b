package dev.vectorhub.console.tenants;

import dev.vectorhub.tenant.TenantState;

/** What an operator may do to a tenant, and in which states the page offers it. */
public enum TenantAction {
    SUSPEND("Suspend"),
    RESUME("Resume"),
    CHANGE_PLAN("Change plan"),
    CHANGE_ISOLATION("Change isolation"),
    DELETE("Delete"),
    RESTORE("Restore");

    private final String label;

    TenantAction(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether the action makes sense in the state; the service has the last word. */
    public boolean offeredIn(TenantState state) {
        return switch (this) {
            case SUSPEND -> state == TenantState.ACTIVE || state == TenantState.READ_ONLY;
            case RESUME -> state == TenantState.SUSPENDED;
            case CHANGE_PLAN -> state != TenantState.DELETING && state != TenantState.DELETED;
            case CHANGE_ISOLATION ->
                state == TenantState.ACTIVE || state == TenantState.READ_ONLY || state == TenantState.SUSPENDED;
            case DELETE -> state.mayBecome(TenantState.DELETING);
            case RESTORE -> state == TenantState.DELETING;
        };
    }

    /** The question, as a heading. */
    public String title(String organisation) {
        return switch (this) {
            case CHANGE_PLAN -> "Change the plan of " + organisation;
            case CHANGE_ISOLATION -> "Change the isolation of " + organisation;
            default -> label + " " + organisation;
        };
    }

    /** Whether it takes something away from the tenant. */
    public boolean dangerous() {
        return this == SUSPEND || this == DELETE;
    }

    /** What it does, said before it is done. */
    public String consequence(String organisation) {
        return switch (this) {
            case SUSPEND ->
                "All API requests of " + organisation
                        + " are refused within seconds. Data and keys stay; storage is still billed.";
            case RESUME -> organisation + " works again within seconds, with the keys and data it had.";
            case CHANGE_PLAN ->
                "The new limits apply to " + organisation
                        + " within seconds. Nothing is deleted when less is allowed; writes wait until usage fits.";
            case CHANGE_ISOLATION ->
                "The data of " + organisation
                        + " moves to its new place while it is read and written; no request fails. Meanwhile it takes"
                        + " its space on the disk twice.";
            case DELETE ->
                "All keys of " + organisation
                        + " stop working now. The data is erased when the days below are over; until then the"
                        + " tenant can be restored.";
            case RESTORE -> organisation + " returns to the state it had before the deletion.";
        };
    }
}
