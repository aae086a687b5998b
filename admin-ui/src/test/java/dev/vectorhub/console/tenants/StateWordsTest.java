package dev.vectorhub.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.TenantState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateWordsTest {
    @ParameterizedTest
    @EnumSource(TenantState.class)
    void membersAreToldWheneverTheyCannotReadAndWrite(TenantState state) {
        boolean works = StateGate.permits(state, Access.READ) && StateGate.permits(state, Access.WRITE);
        assertEquals(works, StateWords.notice(state).isEmpty(), state.name());
    }

    @Test
    void damageIsToldByTheCollectionsNames() {
        assertEquals("", StateWords.notice(List.of()));
        assertTrue(StateWords.notice(List.of("manuals"))
                .startsWith("The collection manuals is out of service: a stored file is damaged."));
        assertTrue(StateWords.notice(List.of("a", "b")).startsWith("The collections a, b are out of service"));
        assertTrue(StateWords.notice(List.of("a", "b", "c", "d", "e", "f", "g"))
                .startsWith("The collections a, b, c, d, 3 more are out of service"));
        assertTrue(StateWords.notice(List.of("", "a")).startsWith("Your collections are out of service"));
    }

    @ParameterizedTest
    @EnumSource(TenantState.class)
    void noTwoStatesHaveTheSameWord(TenantState state) {
        Set<String> others = new HashSet<>();
        for (TenantState other : TenantState.values()) {
            if (other != state) {
                others.add(StateWords.of(other));
            }
        }
        assertFalse(others.contains(StateWords.of(state)), state.name());
    }
}
