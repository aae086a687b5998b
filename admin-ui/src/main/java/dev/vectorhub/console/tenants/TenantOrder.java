package dev.vectorhub.console.tenants;

import dev.vectorhub.tenant.IsolationMode;

/** What an operator has decided to do to a tenant, with what the decision needs. */
public sealed interface TenantOrder {
    record Suspend() implements TenantOrder {}

    record Resume() implements TenantOrder {}

    /**
     * Other limits from now on.
     *
     * @param plan code of the new plan
     */
    record ChangePlan(String plan) implements TenantOrder {}

    /** What its data shares with others from now on. */
    record ChangeIsolation(IsolationMode isolation) implements TenantOrder {}

    /**
     * The end of it, which can be taken back for a while.
     *
     * @param graceDays until the data is erased
     */
    record Delete(int graceDays) implements TenantOrder {}

    record Restore() implements TenantOrder {}
}
