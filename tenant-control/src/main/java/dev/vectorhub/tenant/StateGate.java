package dev.vectorhub.tenant;

import static dev.vectorhub.tenant.Access.DELETE_DATA;
import static dev.vectorhub.tenant.Access.EXPORT;
import static dev.vectorhub.tenant.Access.KEYS_CREATE;
import static dev.vectorhub.tenant.Access.KEYS_REVOKE;
import static dev.vectorhub.tenant.Access.KEYS_USE;
import static dev.vectorhub.tenant.Access.LOGIN;
import static dev.vectorhub.tenant.Access.PAY;
import static dev.vectorhub.tenant.Access.READ;
import static dev.vectorhub.tenant.Access.RESTORE;
import static dev.vectorhub.tenant.Access.WRITE;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What each state permits and what of it is billed: the only table of its kind. */
public final class StateGate {

    /** What a tenant in a state pays for. */
    public enum Billing {
        NOTHING,
        STORAGE,
        EVERYTHING
    }

    private static final Map<TenantState, Set<Access>> PERMITTED = new EnumMap<>(Map.of(
            TenantState.PENDING, EnumSet.of(LOGIN),
            TenantState.PROVISIONING, EnumSet.of(LOGIN, KEYS_CREATE, KEYS_USE),
            TenantState.ACTIVE,
                    EnumSet.of(LOGIN, READ, WRITE, DELETE_DATA, KEYS_CREATE, KEYS_REVOKE, KEYS_USE, EXPORT, PAY),
            TenantState.READ_ONLY,
                    EnumSet.of(LOGIN, READ, DELETE_DATA, KEYS_CREATE, KEYS_REVOKE, KEYS_USE, EXPORT, PAY),
            TenantState.SUSPENDED, EnumSet.of(LOGIN, KEYS_REVOKE, KEYS_USE, EXPORT, PAY),
            TenantState.DELETING, EnumSet.of(LOGIN, RESTORE),
            TenantState.DELETED, EnumSet.noneOf(Access.class)));

    private StateGate() {}

    public static boolean permits(TenantState state, Access access) {
        return PERMITTED.getOrDefault(state, Set.of()).contains(access);
    }

    /** Refuses with the problem type that tells the client what to do about it. */
    public static void require(TenantState state, Access access) {
        if (!permits(state, access)) {
            throw refusal(state);
        }
    }

    public static Billing billing(TenantState state) {
        return switch (state) {
            case ACTIVE, READ_ONLY -> Billing.EVERYTHING;
            case SUSPENDED -> Billing.STORAGE;
            case PENDING, PROVISIONING, DELETING, DELETED -> Billing.NOTHING;
        };
    }

    /** The problem that tells a client why its tenant's state refuses something, and what to do about it. */
    public static ProblemException refusal(TenantState state) {
        return switch (state) {
            case PENDING ->
                new ProblemException(ProblemType.TENANT_NOT_ACTIVE, "The e-mail address is not verified yet");
            case PROVISIONING -> new ProblemException(ProblemType.TENANT_NOT_ACTIVE, "The tenant is being set up");
            // An active tenant may everything but restore, which has no meaning for it.
            case ACTIVE -> new ProblemException(ProblemType.CONFLICT, "The tenant is active");
            case READ_ONLY ->
                new ProblemException(
                        ProblemType.READ_ONLY,
                        "The tenant stores more than its plan allows; reads and deletes stay open");
            case SUSPENDED -> new ProblemException(ProblemType.TENANT_SUSPENDED, "The tenant is suspended");
            case DELETING -> new ProblemException(ProblemType.TENANT_NOT_ACTIVE, "The tenant is being deleted");
            case DELETED -> new ProblemException(ProblemType.TENANT_NOT_ACTIVE, "The tenant is deleted");
        };
    }
}
