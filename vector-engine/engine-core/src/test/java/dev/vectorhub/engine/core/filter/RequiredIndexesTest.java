package dev.vectorhub.engine.core.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequiredIndexesTest {
    private static final FieldSchema SCHEMA = new FieldSchema(Map.of(
            "word", FieldSpec.of(FieldType.KEYWORD),
            "number", new FieldSpec(FieldType.INTEGER, true, false, false, null, ""),
            "list[].word", FieldSpec.of(FieldType.TEXT)));

    private static String refusal(Condition condition) {
        return String.valueOf(
                assertThrows(StoreException.class, () -> RequiredIndexes.require(Filter.must(condition), SCHEMA))
                        .getMessage());
    }

    private static void answered(Condition condition) {
        assertDoesNotThrow(() -> RequiredIndexes.require(Filter.must(condition), SCHEMA));
    }

    @Test
    void indexesOfTheTypeAnswer() {
        answered(new Condition.Match("word", new MatchValue.Keyword("x")));
        answered(new Condition.Match("\"word\"", new MatchValue.Any(List.of("x"), List.of())));
        answered(new Condition.Match("number", new MatchValue.Int(1)));
        answered(new Condition.IsEmpty("number"));
        answered(new Condition.HasId(List.of(PointId.of(1))));
        answered(new Condition.Nested("list", Filter.must(new Condition.Match("word", new MatchValue.Text("x")))));
    }

    @Test
    void othersAreNamed() {
        assertEquals(
                "Index required but not found for \"word\" of one of the following types: [integer]. "
                        + "Help: Create an index for this key or use a different filter.",
                refusal(new Condition.Match("word", new MatchValue.Int(1))));
        refusal(new Condition.Match("word", new MatchValue.Prefix("x")));
        refusal(new Condition.Range("number", 1.0, null, null, null));
        refusal(new Condition.IsNull("absent"));
        refusal(new Condition.Group(Filter.mustNot(new Condition.IsNull("absent"))));
        refusal(new Condition.Nested("word", Filter.must(new Condition.IsNull("word"))));
    }
}
