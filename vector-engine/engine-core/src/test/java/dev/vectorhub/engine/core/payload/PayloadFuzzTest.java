package dev.vectorhub.engine.core.payload;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.filter.FieldSchema;
import dev.vectorhub.engine.core.filter.PayloadMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whatever bytes a client sends are refused as invalid or can be stored, matched, edited and projected. */
class PayloadFuzzTest {
    private static final FieldPath PATH = FieldPath.parse("a[].b");
    private static final byte[] PATCH = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
    private static final PayloadProjection PROJECTION =
            new PayloadProjection(new PayloadSelection(true, List.of("a.b", "c"), List.of("a.d")));

    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) {
        byte[] payload;
        try {
            payload = Json.requireObject(data == null ? new byte[0] : data);
        } catch (StoreException e) {
            if (e.code() != StoreException.Code.INVALID_ARGUMENT) {
                throw e;
            }
            return;
        }
        PayloadMatcher.compile(
                        Filter.should(
                                new Condition.IsEmpty("a[].b"),
                                new Condition.Range("a.b[0]", 1.0, null, null, null),
                                new Condition.Match("c", new Condition.MatchValue.Int(3)),
                                new Condition.Match("d", new Condition.MatchValue.Prefix("x")),
                                new Condition.DatetimeRange("d", 0L, null, null, null),
                                new Condition.ValuesCount("e", null, 2L, null, null),
                                new Condition.GeoRadius("f", new Condition.GeoPoint(1, 2), 3),
                                new Condition.Nested(
                                        "a",
                                        Filter.must(new Condition.Match("b", new Condition.MatchValue.Text("x"))))),
                        FieldSchema.EMPTY)
                .matches(null, payload, 0, payload.length);
        byte[] merged = PayloadEditor.merge(payload, PATCH, PATH);
        Json.requireObject(merged);
        Json.requireObject(PayloadEditor.delete(merged, List.of(PATH, FieldPath.parse("c"))));
        Json.requireObject(PROJECTION.apply(payload));
    }
}
