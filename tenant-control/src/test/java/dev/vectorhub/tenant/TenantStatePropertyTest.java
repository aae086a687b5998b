package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class TenantStatePropertyTest {

    @Property
    void nobodyLeavesDeletedAndNobodyStaysWhereHeIs(@ForAll TenantState next) {
        assertFalse(TenantState.DELETED.mayBecome(next));
        assertFalse(next.mayBecome(next));
    }

    @Property
    void writingNeedsProvisioningFirst(@ForAll @Size(max = 12) List<TenantState> wishes) {
        TenantState state = TenantState.PENDING;
        boolean provisioned = false;
        for (TenantState wish : wishes) {
            // A restore leads back to where the tenant was: the service sees to that, the table alone cannot.
            if (state != TenantState.DELETING && state.mayBecome(wish)) {
                state = wish;
                provisioned |= state == TenantState.PROVISIONING;
            }
        }
        assertTrue(provisioned || !StateGate.permits(state, Access.WRITE));
    }
}
