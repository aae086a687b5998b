package dev.vectorhub.tenant;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A tenant's life; what each state permits stands in {@link StateGate}. */
public enum TenantState {
    /** Signed up, e-mail not verified. */
    PENDING,
    /** Verified; its place in the engine is being made. */
    PROVISIONING,
    ACTIVE,
    /** Stores more than its plan allows. */
    READ_ONLY,
    /** Unpaid or abusive. */
    SUSPENDED,
    /** Deleted, and restorable until the grace ends. */
    DELETING,
    /** Erased; the ledger stays, pseudonymised. */
    DELETED;

    private static final Map<TenantState, Set<TenantState>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(PROVISIONING, DELETING, DELETED),
            PROVISIONING, EnumSet.of(ACTIVE, DELETING),
            ACTIVE, EnumSet.of(READ_ONLY, SUSPENDED, DELETING),
            READ_ONLY, EnumSet.of(ACTIVE, SUSPENDED, DELETING),
            SUSPENDED, EnumSet.of(ACTIVE, READ_ONLY, DELETING),
            DELETING, EnumSet.of(PENDING, PROVISIONING, ACTIVE, READ_ONLY, SUSPENDED, DELETED),
            DELETED, EnumSet.noneOf(TenantState.class)));

    public boolean mayBecome(TenantState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
