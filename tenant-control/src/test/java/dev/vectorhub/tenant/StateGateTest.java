package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Problems;
import dev.vectorhub.problem.ProblemType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the gate against the table of states, written down a second time by hand: x permitted, - refused. */
class StateGateTest {
    private static final String[] COLUMNS = {
        "LOGIN", "READ", "WRITE", "DELETE_DATA", "KEYS_CREATE", "KEYS_REVOKE", "KEYS_USE", "EXPORT", "PAY", "RESTORE"
    };
    private static final String TABLE = """
            PENDING      x - - - - - - - - - NOTHING    TENANT_NOT_ACTIVE
            PROVISIONING x - - - x - x - - - NOTHING    TENANT_NOT_ACTIVE
            ACTIVE       x x x x x x x x x - EVERYTHING CONFLICT
            READ_ONLY    x x - x x x x x x - EVERYTHING READ_ONLY
            SUSPENDED    x - - - - x x x x - STORAGE    TENANT_SUSPENDED
            DELETING     x - - - - - - - - x NOTHING    TENANT_NOT_ACTIVE
            DELETED      - - - - - - - - - - NOTHING    TENANT_NOT_ACTIVE
            """;

    @TestFactory
    List<DynamicTest> everyCell() {
        return TABLE.lines()
                .map(line -> line.split(" +"))
                .flatMap(row -> Arrays.stream(Access.values())
                        .map(access -> DynamicTest.dynamicTest(row[0] + " " + access, () -> checkCell(row, access))))
                .toList();
    }

    private static void checkCell(String[] row, Access access) {
        TenantState state = TenantState.valueOf(row[0]);
        boolean permitted = row[1 + Arrays.asList(COLUMNS).indexOf(access.name())].equals("x");
        assertEquals(permitted, StateGate.permits(state, access));
        assertEquals(StateGate.Billing.valueOf(row[1 + COLUMNS.length]), StateGate.billing(state));
        if (permitted) {
            StateGate.require(state, access);
        } else {
            Problems.assertProblem(
                    ProblemType.valueOf(row[2 + COLUMNS.length]), () -> StateGate.require(state, access));
        }
    }

    @Test
    void theTableIsComplete() {
        assertEquals(
                TenantState.values().length,
                TABLE.lines().map(line -> line.split(" ", 2)[0]).distinct().count());
        Set<String> accesses = new TreeSet<>();
        for (Access access : Access.values()) {
            accesses.add(access.name());
        }
        assertEquals(accesses, new TreeSet<>(Arrays.asList(COLUMNS)));
    }

    @Test
    void onlyActiveTenantsWriteAndDeletesOutliveTheQuota() {
        EnumSet<TenantState> writing = EnumSet.noneOf(TenantState.class);
        for (TenantState state : TenantState.values()) {
            if (StateGate.permits(state, Access.WRITE)) {
                writing.add(state);
            }
        }
        assertEquals(EnumSet.of(TenantState.ACTIVE), writing);
        assertTrue(StateGate.permits(TenantState.READ_ONLY, Access.DELETE_DATA));
    }
}
