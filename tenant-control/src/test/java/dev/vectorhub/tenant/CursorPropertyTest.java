package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.Problems;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class CursorPropertyTest {

    @Property
    void survivesTheTrip(@ForAll @StringLength(max = 200) String text, @ForAll long high, @ForAll long low) {
        // Half a surrogate pair is no text and becomes a question mark on the way.
        String key = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        Cursor cursor = new Cursor(key, new UUID(high, low));
        assertEquals(cursor, Cursor.decode(cursor.encode()));
    }

    @Property
    void anythingElseIsAProblemOfTheClient(@ForAll @StringLength(max = 100) String garbage) {
        try {
            Cursor.decode(garbage);
        } catch (ProblemException e) {
            assertEquals(ProblemType.VALIDATION_FAILED, e.type());
        }
    }

    @Example
    void lengthIsBounded() {
        Problems.assertProblem(ProblemType.VALIDATION_FAILED, () -> Cursor.decode("A".repeat(100_000)));
        Problems.assertProblem(ProblemType.VALIDATION_FAILED, () -> Cursor.decode(""));
    }
}
