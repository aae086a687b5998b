package dev.vectorhub.api.qdrant;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueryParamsTest {

    @Test
    void writesDoNotWaitUnlessAsked() {
        assertFalse(QueryParams.write(null, null, null).waits());
        assertTrue(QueryParams.write("true", "strong", "5").waits());
        long left = QueryParams.write("true", null, "5").patience().nanosLeft();
        assertTrue(left > 0 && left <= 5_000_000_000L, () -> left + " ns");
        assertEquals(Duration.ofHours(1), QueryParams.timeout("9223372036854775807"));
    }

    @Test
    void saysWhichParameterIsWrong() {
        assertEquals(
                "400 Deserialize error in query parameters: wait: provided string was not `true` or `false`",
                error(() -> QueryParams.write("yes", null, null)));
        assertEquals(
                "400 Deserialize error in query parameters: ordering: unknown variant `loose`, expected one of `weak`,"
                        + " `medium`, `strong`",
                error(() -> QueryParams.write(null, "loose", null)));
        assertEquals(
                "422 Validation error in query parameters: [timeout: value 0 invalid, must be 1 or larger]",
                error(() -> QueryParams.write(null, null, "0")));
        assertEquals(
                "400 Deserialize error in query parameters: timeout: invalid digit found in `-1`",
                error(() -> QueryParams.timeout("-1")));
        assertEquals(
                "400 Deserialize error in query parameters: consistency: invalid digit found in `some`",
                error(() -> QueryParams.read("some", null)));
        assertEquals(
                "422 Validation error in query parameters: [consistency: value 0 invalid, must be 1 or larger]",
                error(() -> QueryParams.read("0", null)));
        QueryParams.read("quorum", "1");
        QueryParams.read("2", null);
    }
}
