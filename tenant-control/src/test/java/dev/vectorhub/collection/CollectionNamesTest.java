package dev.vectorhub.collection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Problems;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "my docs", "Äpfel", "日本語", "..", "a.b-c_d", "100%", "{x}", "a'b"})
    void qdrantTakesThem(String name) {
        assertDoesNotThrow(() -> CollectionNames.check(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a\\b", "a:b", "a*b", "a?b", "<a", "a>", "a|b", "a\"b", "a\0b", "a\u001Fb"})
    void qdrantRefusesThem(String name) {
        ProblemException problem =
                Problems.assertProblem(ProblemType.VALIDATION_FAILED, () -> CollectionNames.check(name));
        assertTrue(problem.members().toString().contains("collection_name"));
    }

    @Test
    void lengthIsCountedInCharactersNotInUnits() {
        assertDoesNotThrow(() -> CollectionNames.check("😀".repeat(255)));
        Problems.assertProblem(ProblemType.VALIDATION_FAILED, () -> CollectionNames.check("x".repeat(256)));
    }
}
