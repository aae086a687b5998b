package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "a-b_c.d/e:f", "01a208a5-dc21-7c1a-b08d-1f0492b62333", "~!@#$%^&*()"})
    void printableIdsAreTaken(String id) {
        assertTrue(Accounts.acceptable(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "tab\t", "quo\"te", "back\\slash", "ümlaut", "\u007f"})
    void whatCouldForgeALogLineIsNot(String id) {
        assertFalse(Accounts.acceptable(id));
    }

    @Test
    void theLengthIsBounded() {
        assertTrue(Accounts.acceptable("x".repeat(128)));
        assertFalse(Accounts.acceptable("x".repeat(129)));
    }
}
