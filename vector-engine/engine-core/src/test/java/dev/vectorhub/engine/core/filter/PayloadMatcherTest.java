package dev.vectorhub.engine.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases whose answers are Qdrant's. */
class PayloadMatcherTest {
    private static final PointId ID = PointId.of(7);
    private static final PayloadMatcher.Subject SUBJECT = new PayloadMatcher.Subject() {
        @Override
        public PointId id() {
            return ID;
        }

        @Override
        public boolean hasVector(String name) {
            return name.equals("image");
        }
    };

    private static boolean holds(Condition condition, String payload) {
        return matches(Filter.must(condition), payload);
    }

    private static boolean matches(Filter filter, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return PayloadMatcher.compile(filter, FieldSchema.EMPTY).matches(SUBJECT, bytes, 0, bytes.length);
    }

    private static boolean keyword(String key, String value, String payload) {
        return holds(new Condition.Match(key, new MatchValue.Keyword(value)), payload);
    }

    private static boolean integer(String key, long value, String payload) {
        return holds(new Condition.Match(key, new MatchValue.Int(value)), payload);
    }

    @Test
    void matchesValuesOfItsTypeOnly() {
        assertTrue(keyword("a", "x", "{\"a\":\"x\"}"));
        assertTrue(keyword("a", "é", "{\"a\":\"\\u00e9\"}"));
        assertFalse(keyword("a", "1", "{\"a\":1}"));
        assertFalse(keyword("a", "x", "{\"b\":\"x\"}"));
        assertFalse(keyword("a", "x", ""));
        assertTrue(integer("a", 1, "{\"a\":1}"));
        assertFalse(integer("a", 1, "{\"a\":1.0}"));
        assertFalse(integer("a", 1, "{\"a\":\"1\"}"));
        assertFalse(integer("a", 0, "{\"a\":18446744073709551616}"));
        assertTrue(integer("a", Long.MIN_VALUE, "{\"a\":-9223372036854775808}"));
        assertTrue(holds(new Condition.Match("a", new MatchValue.Bool(false)), "{\"a\":false}"));
        assertFalse(holds(new Condition.Match("a", new MatchValue.Bool(false)), "{\"a\":null}"));
    }

    @Test
    void anArrayMatchesByAnyElementOneLevelDeep() {
        assertTrue(keyword("a", "x", "{\"a\":[\"y\",\"x\"]}"));
        assertFalse(keyword("a", "x", "{\"a\":[[\"x\"]]}"));
        assertTrue(keyword("a[]", "x", "{\"a\":[[\"x\"]]}"));
        assertFalse(keyword("a", "x", "{\"a\":[]}"));
        assertTrue(keyword("a[1]", "x", "{\"a\":[\"y\",\"x\"]}"));
        assertFalse(keyword("a[0]", "x", "{\"a\":[\"y\",\"x\"]}"));
    }

    @Test
    void pathsLeadIntoObjectsAndElements() {
        assertTrue(keyword("a.b", "x", "{\"a\":{\"c\":1,\"b\":\"x\"}}"));
        assertFalse(keyword("a.b", "x", "{\"a\":[{\"b\":\"x\"}]}"));
        assertTrue(keyword("a[].b", "x", "{\"a\":[{\"b\":\"y\"},{\"b\":[\"x\"]}]}"));
        assertTrue(keyword("\"a.b\"", "x", "{\"a.b\":\"x\"}"));
        assertFalse(keyword("a.b", "x", "{\"a.b\":\"x\"}"));
    }

    @Test
    void anyAndExcept() {
        MatchValue any = new MatchValue.Any(List.of("x", "y"), List.of());
        assertTrue(holds(new Condition.Match("a", any), "{\"a\":[1,\"y\"]}"));
        assertFalse(holds(new Condition.Match("a", any), "{\"a\":\"z\"}"));
        MatchValue except = new MatchValue.Except(List.of("x"), List.of());
        assertTrue(holds(new Condition.Match("a", except), "{\"a\":\"y\"}"));
        assertFalse(holds(new Condition.Match("a", except), "{\"a\":\"x\"}"));
        assertTrue(holds(new Condition.Match("a", except), "{\"a\":[\"x\",\"y\"]}"));
        assertTrue(holds(new Condition.Match("a", except), "{\"a\":5}"));
        assertTrue(holds(new Condition.Match("a", except), "{\"a\":true}"));
        assertTrue(holds(new Condition.Match("a", except), "{\"a\":{\"b\":1}}"));
        assertFalse(holds(new Condition.Match("a", except), "{\"a\":null}"));
        assertFalse(holds(new Condition.Match("a", except), "{\"a\":[]}"));
        assertFalse(holds(new Condition.Match("a", except), "{}"));
        MatchValue numbers = new MatchValue.Except(List.of(), List.of(1L));
        assertFalse(holds(new Condition.Match("a", numbers), "{\"a\":1}"));
        assertTrue(holds(new Condition.Match("a", numbers), "{\"a\":1.0}"));
        assertTrue(holds(new Condition.Match("a", numbers), "{\"a\":\"1\"}"));
    }

    @Test
    void rangesAreOnNumbers() {
        Condition range = new Condition.Range("a", 10.0, 1.0, null, null);
        assertTrue(holds(range, "{\"a\":9.99}"));
        assertTrue(holds(range, "{\"a\":[0,5]}"));
        assertFalse(holds(range, "{\"a\":1}"));
        assertFalse(holds(range, "{\"a\":10}"));
        assertFalse(holds(range, "{\"a\":\"5\"}"));
        Condition closed = new Condition.Range("a", null, null, 1.0, 10.0);
        assertTrue(holds(closed, "{\"a\":1}"));
        assertTrue(holds(closed, "{\"a\":10}"));
        assertTrue(holds(new Condition.Range("a", null, 1e18, null, null), "{\"a\":18446744073709551616}"));
    }

    @Test
    void emptyAndNull() {
        for (String empty : List.of("{\"a\":null}", "{\"a\":[]}", "{\"b\":1}", "")) {
            assertTrue(holds(new Condition.IsEmpty("a"), empty), empty);
        }
        for (String full : List.of("{\"a\":0}", "{\"a\":\"\"}", "{\"a\":{}}", "{\"a\":[null]}", "{\"a\":false}")) {
            assertFalse(holds(new Condition.IsEmpty("a"), full), full);
        }
        assertTrue(holds(new Condition.IsNull("a"), "{\"a\":null}"));
        assertFalse(holds(new Condition.IsNull("a"), "{\"a\":[null]}"));
        assertFalse(holds(new Condition.IsNull("a"), "{}"));
        assertTrue(holds(new Condition.IsNull("a[].b"), "{\"a\":[{\"b\":1},{\"b\":null}]}"));
    }

    @Test
    void clausesCombine() {
        Condition yes = new Condition.HasId(List.of(ID));
        Condition no = new Condition.HasId(List.of(PointId.of(8)));
        assertTrue(matches(Filter.ALL));
        assertTrue(matches(Filter.should(no, yes)));
        assertFalse(matches(Filter.should(no)));
        assertFalse(matches(Filter.must(yes, no)));
        assertTrue(matches(Filter.mustNot(no)));
        assertFalse(matches(Filter.mustNot(no, yes)));
        assertTrue(matches(Filter.must(new Condition.Group(Filter.should(yes)))));
        assertTrue(matches(min(2, yes, no, yes)));
        assertFalse(matches(min(3, yes, no, yes)));
        assertTrue(matches(min(0, no)));
        assertFalse(matches(min(1)));
    }

    private static Filter min(int count, Condition... conditions) {
        return new Filter(List.of(), List.of(), List.of(), new Filter.MinShould(List.of(conditions), count));
    }

    private static boolean matches(Filter filter) {
        return matches(filter, "");
    }

    @Test
    void filtersAreBounded() {
        Filter deep = Filter.ALL;
        for (int i = 0; i < 100; i++) {
            deep = Filter.must(new Condition.Group(deep));
        }
        Filter nested = deep;
        assertEquals(
                StoreException.Code.INVALID_ARGUMENT,
                assertThrows(StoreException.class, () -> PayloadMatcher.compile(nested, FieldSchema.EMPTY))
                        .code());
    }
}
