package dev.vectorhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import org.junit.jupiter.api.function.Executable;

/** Asserts on refusals. */
public final class Problems {

    private Problems() {}

    public static ProblemException assertProblem(ProblemType type, Executable call) {
        ProblemException problem = assertThrows(ProblemException.class, call);
        assertEquals(type, problem.type(), problem.getMessage());
        return problem;
    }
}
