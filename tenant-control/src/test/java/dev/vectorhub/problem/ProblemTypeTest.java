package dev.vectorhub.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {

    @Test
    void namesAndStatusesThatClientsKnowStay() {
        assertEquals("quota-exceeded", ProblemType.QUOTA_EXCEEDED.slug());
        assertEquals(403, ProblemType.QUOTA_EXCEEDED.status());
        assertEquals(429, ProblemType.RATE_LIMITED.status());
        assertEquals(422, ProblemType.VALIDATION_FAILED.status());
        assertEquals("urn:vectorhub:problem:read-only", ProblemType.READ_ONLY.uri());
        for (ProblemType type : ProblemType.values()) {
            assertTrue(type.status() >= 400 && type.status() < 600, type.name());
        }
    }

    @Test
    void oneWrongFieldIsToldInTheDetailToo() {
        ProblemException one = ProblemException.validation("email", "must not be empty");
        assertEquals("email must not be empty", one.detail());
        assertEquals(
                List.of(new FieldError("email", "must not be empty")),
                one.members().get("errors"));
    }
}
