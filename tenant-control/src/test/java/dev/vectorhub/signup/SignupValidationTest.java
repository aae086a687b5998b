package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignupValidationTest {

    @Test
    void aGoodFormHasNoErrors() {
        assertEquals(List.of(), fields("Acme & Söhne", "Ann.O'Neil+x@mail.acme.example", "correct horse 7"));
    }

    @Test
    void everyFieldSaysWhatIsWrong() {
        assertEquals(List.of("organisation", "email", "password"), fields(" a ", "ann@acme", "short"));
        assertEquals(List.of("organisation"), fields("x".repeat(81), "ann@acme.example", "correct horse 7"));
        assertEquals(List.of("organisation"), fields("Ac\u0000me", "ann@acme.example", "correct horse 7"));
        assertEquals(List.of(), fields("𝒜".repeat(80), "ann@acme.example", "correct horse 7"));
    }

    @Test
    void passwordsThatTellOrRepeatAreRefused() {
        assertEquals(List.of("password"), fields("Acme", "annabel@acme.example", "xAnnabel-7-x"));
        assertEquals(List.of("password"), fields("Umbrella", "ann@acme.example", "umbrella-2026"));
        assertEquals(List.of("password"), fields("Acme", "ann@acme.example", "aaaaaaaaaaab"));
        assertEquals(List.of("password"), fields("Acme", "ann@acme.example", "x".repeat(129)));
        assertEquals(List.of("password"), fields("Acme", "ann@acme.example", "correct\u0007horse"));
        assertEquals(List.of(), fields("Ann", "ann@acme.example", "planning ahead 3"));
    }

    private static List<String> fields(String organisation, String email, String password) {
        return SignupValidation.check(new SignupRequest(organisation, email, password, null, null)).stream()
                .map(FieldError::field)
                .toList();
    }
}
