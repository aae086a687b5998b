package dev.vectorhub.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.tenant.TenantState;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantActionTest {
    @ParameterizedTest
    @CsvSource({
        "PENDING,CHANGE_PLAN DELETE",
        "PROVISIONING,CHANGE_PLAN DELETE",
        "ACTIVE,SUSPEND CHANGE_PLAN CHANGE_ISOLATION DELETE",
        "READ_ONLY,SUSPEND CHANGE_PLAN CHANGE_ISOLATION DELETE",
        "SUSPENDED,RESUME CHANGE_PLAN CHANGE_ISOLATION DELETE",
        "DELETING,RESTORE",
        "DELETED,''",
    })
    void onlyWhatTheStateAllowsIsOffered(TenantState state, String expected) {
        Set<TenantAction> offered = EnumSet.noneOf(TenantAction.class);
        for (TenantAction action : TenantAction.values()) {
            if (action.offeredIn(state)) {
                offered.add(action);
            }
        }
        Set<TenantAction> wanted = EnumSet.noneOf(TenantAction.class);
        for (String name : expected.split(" ", -1)) {
            if (!name.isEmpty()) {
                wanted.add(TenantAction.valueOf(name));
            }
        }
        assertEquals(wanted, offered);
    }
}
