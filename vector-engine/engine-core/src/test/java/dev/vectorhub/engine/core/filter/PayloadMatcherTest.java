package dev.vectorhub.engine.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.text.TextSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
    void dates() {
        Condition year = new Condition.DatetimeRange("a", 1_735_689_600_000_000L, null, 1_704_067_200_000_000L, null);
        for (String within : List.of(
                "2024-01-01T00:00:00Z",
                "2024-01-01",
                "2024-06-01 12:30",
                "2024-06-01 12:30:59",
                "2024-12-31T23:59:59.999999999Z",
                "2025-01-01T00:30:00+01:00",
                "2024-12-31t23:00:00-00:30",
                "2024-06-01 12:30:59.5+0200",
                "2024-06-01T12:30:59+02",
                "2024-06-30T23:59:60Z")) {
            assertTrue(holds(year, "{\"a\":\"" + within + "\"}"), within);
        }
        for (String other : List.of(
                "2025-01-01T00:00:00Z",
                "2023-12-31T23:59:59.9Z",
                "2024-06-01T12:30",
                "2024-02-30",
                "2024-6-01",
                "2024-06-01T25:00:00Z",
                "2024-06-01T12:00:00Zulu",
                "June",
                "")) {
            assertFalse(holds(year, "{\"a\":\"" + other + "\"}"), other);
        }
        assertFalse(holds(year, "{\"a\":1704067200}"));
        assertTrue(holds(year, "{\"a\":[\"June\",\"2024-01-01\"]}"));
    }

    @Test
    void places() {
        Condition.GeoPoint berlin = new Condition.GeoPoint(52.52, 13.405);
        String payload = "{\"a\":[{\"lat\":48.137,\"lon\":11.575},{\"lon\":13.3777,\"lat\":52.5163}]}";
        assertTrue(holds(new Condition.GeoRadius("a", berlin, 2_000), payload));
        assertFalse(holds(new Condition.GeoRadius("a", berlin, 1_800), payload));
        Condition box = new Condition.GeoBox("a", new Condition.GeoPoint(53, 13), new Condition.GeoPoint(52, 13.3777));
        assertFalse(holds(box, payload), "the edge is outside");
        Condition pacific =
                new Condition.GeoBox("a", new Condition.GeoPoint(10, 170), new Condition.GeoPoint(-10, -170));
        assertTrue(holds(pacific, "{\"a\":{\"lat\":0,\"lon\":-175}}"));
        assertFalse(holds(pacific, "{\"a\":{\"lat\":0,\"lon\":0}}"));
        Condition.GeoPolygon ring = new Condition.GeoPolygon("a", square(0, 4), List.of(square(1, 3)));
        assertTrue(holds(ring, "{\"a\":{\"lat\":0.5,\"lon\":2}}"));
        assertFalse(holds(ring, "{\"a\":{\"lat\":2,\"lon\":2}}"), "in the hole");
        assertFalse(holds(ring, "{\"a\":{\"lat\":0,\"lon\":2}}"), "on the line");
        assertFalse(holds(ring, "{\"a\":{\"lat\":\"0.5\",\"lon\":2}}"), "texts are no degrees");
        assertFalse(holds(ring, "{\"a\":{\"lat\":0.5}}"));
    }

    private static List<Condition.GeoPoint> square(double from, double to) {
        return List.of(
                new Condition.GeoPoint(from, from),
                new Condition.GeoPoint(from, to),
                new Condition.GeoPoint(to, to),
                new Condition.GeoPoint(to, from),
                new Condition.GeoPoint(from, from));
    }

    @Test
    void valuesAreCounted() {
        Condition two = new Condition.ValuesCount("a", 3L, null, 2L, null);
        assertTrue(holds(two, "{\"a\":[1,null]}"));
        assertFalse(holds(two, "{\"a\":[1]}"));
        Condition few = new Condition.ValuesCount("a", 2L, null, null, null);
        assertTrue(holds(few, "{\"a\":\"x\"}"));
        assertTrue(holds(few, "{\"a\":null}"));
        assertTrue(holds(few, "{\"a\":[]}"));
        assertFalse(holds(few, "{\"b\":1}"), "an absent field has no count");
    }

    @Test
    void nestedConditionsHoldForOneElement() {
        Filter meat = Filter.must(
                new Condition.Match("food", new MatchValue.Keyword("meat")),
                new Condition.Match("likes", new MatchValue.Bool(true)));
        String split = "{\"diet\":[{\"food\":\"leaves\",\"likes\":true},{\"food\":\"meat\",\"likes\":false}]}";
        String joined = "{\"diet\":[{\"food\":\"leaves\",\"likes\":false},{\"food\":\"meat\",\"likes\":true}]}";
        for (String key : List.of("diet", "diet[]")) {
            assertFalse(holds(new Condition.Nested(key, meat), split));
            assertTrue(holds(new Condition.Nested(key, meat), joined));
        }
        assertTrue(holds(new Condition.Nested("diet", Filter.mustNot(meat.must().getFirst())), split));
        assertFalse(holds(new Condition.Nested("diet", Filter.ALL), "{\"diet\":{\"food\":1}}"), "no array");
        assertFalse(holds(new Condition.Nested("diet", Filter.ALL), "{\"diet\":[1]}"), "no object");
        assertFalse(holds(new Condition.Nested("diet", Filter.must(new Condition.HasId(List.of(ID)))), joined));
    }

    @Test
    void textsWithoutAnIndex() {
        Condition part = new Condition.Match("a", new MatchValue.Text("ed fo"));
        assertTrue(holds(part, "{\"a\":\"the red fox\"}"));
        assertTrue(holds(part, "{\"a\":\"the r\\u0065d fox\"}"));
        assertFalse(holds(part, "{\"a\":\"the Red Fox\"}"));
        assertTrue(holds(new Condition.Match("a", new MatchValue.TextAny("green  fox")), "{\"a\":\"red foxes\"}"));
        assertFalse(holds(new Condition.Match("a", new MatchValue.TextAny(" ")), "{\"a\":\"red foxes\"}"));
        assertTrue(holds(new Condition.Match("a", new MatchValue.Prefix("re")), "{\"a\":[\"x\",\"red\"]}"));
        assertFalse(holds(new Condition.Match("a", new MatchValue.Prefix("red")), "{\"a\":\"re\"}"));
    }

    private static boolean analyzed(TextSpec spec, MatchValue value, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        FieldSchema schema = new FieldSchema(Map.of("a", FieldSpec.text(spec)));
        return PayloadMatcher.compile(Filter.must(new Condition.Match("a", value)), schema)
                .matches(SUBJECT, bytes, 0, bytes.length);
    }

    @Test
    void textsOfAnIndexedFieldAreTokens() {
        TextSpec word = TextSpec.DEFAULT;
        assertTrue(analyzed(word, new MatchValue.Text("FOX red"), "{\"a\":\"the Red, fox\"}"));
        assertFalse(analyzed(word, new MatchValue.Text("re"), "{\"a\":\"the red fox\"}"));
        assertTrue(analyzed(word, new MatchValue.Text("red fox"), "{\"a\":[\"red\",\"fox\"]}"), "of all values");
        assertFalse(analyzed(word, new MatchValue.Phrase("red fox"), "{\"a\":[\"red\",\"fox\"]}"), "of one value");
        assertTrue(analyzed(word, new MatchValue.Phrase("red fox"), "{\"a\":\"the red  fox\"}"));
        assertFalse(analyzed(word, new MatchValue.Phrase("fox red"), "{\"a\":\"the red  fox\"}"));
        assertTrue(analyzed(word, new MatchValue.TextAny("blue fox"), "{\"a\":\"the red fox\"}"));
        assertFalse(analyzed(word, new MatchValue.Text("!"), "{\"a\":\"the red fox\"}"), "no token, no match");
    }

    @Test
    void slicesShareOutTheIds() {
        int[] counts = new int[3];
        for (int id = 0; id < 3_000; id++) {
            int slices = 0;
            for (int index = 0; index < 3; index++) {
                boolean within = Long.remainderUnsigned(IdHash.of(PointId.of(id)), 3) == index;
                slices += within ? 1 : 0;
                counts[index] += within ? 1 : 0;
            }
            assertEquals(1, slices);
        }
        for (int count : counts) {
            assertTrue(count > 900 && count < 1_100, "each about a third, this one " + count);
        }
    }

    @Test
    void vectorsAndSlicesOfThePoint() {
        assertTrue(matches(Filter.must(new Condition.HasVector("image"))));
        assertFalse(matches(Filter.must(new Condition.HasVector("text"))));
        assertTrue(matches(Filter.must(new Condition.Slice(1, 0))));
        assertEquals(!matches(Filter.must(new Condition.Slice(2, 0))), matches(Filter.must(new Condition.Slice(2, 1))));
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
