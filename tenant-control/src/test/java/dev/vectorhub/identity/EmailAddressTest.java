package dev.vectorhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ann@acme.example, true",
        "ann.b+tag@mail.acme-corp.example, true",
        "o'neil@acme.example, true",
        "ann@acme, false",
        "ann@, false",
        "@acme.example, false",
        "ann acme@acme.example, false",
        "ann@acme..example, false",
        ".ann@acme.example, false",
        "ann.@acme.example, false",
        "ann@-acme.example, false",
        "ann@acme.example@x.example, false",
        "'ann@acme.example\nbcc:x@y.example', false",
        "änn@acme.example, false"
    })
    void takesDotAtomsAtADomain(String text, boolean valid) {
        assertEquals(valid, EmailAddress.isValid(text), text);
    }

    @Test
    void longInputIsRefusedWithoutEffort() {
        assertEquals(false, EmailAddress.isValid("a".repeat(65) + "@acme.example"));
        assertEquals(false, EmailAddress.isValid("a.".repeat(100_000)));
        assertEquals(true, EmailAddress.isValid("a".repeat(64) + "@acme.example"));
    }
}
