package dev.vectorhub.engine.core.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of what a {@link Filter} means: Qdrant's semantics. One pass over the payload's tokens feeds every condition;
 * whatever else answers filters has to agree with this class.
 *
 * <p>A {@link PayloadWalk} shows the values to the conditions; then the filter is evaluated over the conditions' flags.
 *
 * <p>An instance holds the flags of one evaluation: one thread at a time.
 */
public final class PayloadMatcher {
    /** One bound for the whole tree: conditions cost memory and time for each point. */
    private static final int CONDITIONS_MAX = 10_000;

    private final PayloadWalk walk = new PayloadWalk();
    private final List<Leaf> leaves = new ArrayList<>();
    private final Group top;
    private boolean readsIds;
    private int conditions;

    private PayloadMatcher(Filter filter) {
        top = group(filter, 1);
    }

    /** @throws StoreException {@code INVALID_ARGUMENT} for a malformed key or too many conditions */
    public static PayloadMatcher compile(Filter filter) {
        return new PayloadMatcher(filter);
    }

    /** False: {@link #matches} ignores the payload. */
    public boolean readsPayload() {
        return !leaves.isEmpty();
    }

    /** False: {@link #matches} ignores the id. */
    public boolean readsIds() {
        return readsIds;
    }

    /** @param payload an object that was checked when it was stored, or empty for none */
    public boolean matches(@Nullable PointId id, byte[] payload) {
        if (!leaves.isEmpty()) {
            for (Leaf leaf : leaves) {
                leaf.reset();
            }
            walk.over(payload);
        }
        return top.holds(id);
    }

    // ---- conditions

    private interface Node {
        boolean holds(@Nullable PointId id);
    }

    private record Group(List<Node> must, List<Node> should, List<Node> mustNot, List<Node> some, int minCount)
            implements Node {
        @Override
        public boolean holds(@Nullable PointId id) {
            for (Node node : must) {
                if (!node.holds(id)) {
                    return false;
                }
            }
            for (Node node : mustNot) {
                if (node.holds(id)) {
                    return false;
                }
            }
            return (should.isEmpty() || count(should, id, 1) >= 1) && count(some, id, minCount) >= minCount;
        }

        /** Stops at {@code enough}. */
        private static int count(List<Node> nodes, @Nullable PointId id, int enough) {
            int count = 0;
            for (int i = 0; i < nodes.size() && count < enough; i++) {
                count += nodes.get(i).holds(id) ? 1 : 0;
            }
            return count;
        }
    }

    private record HasId(Set<PointId> ids) implements Node {
        @Override
        public boolean holds(@Nullable PointId id) {
            return id != null && ids.contains(id);
        }
    }

    /** A condition on a field, and its flag in the current evaluation. */
    private abstract static class Leaf extends PayloadWalk.Leaf implements Node {
        boolean flag;

        void reset() {
            flag = false;
        }

        @Override
        public boolean holds(@Nullable PointId id) {
            return flag;
        }
    }

    private static final class IsEmptyLeaf extends Leaf {
        @Override
        void reset() {
            flag = true;
        }

        @Override
        void value(JsonToken token, JsonParser parser) {
            flag &= token == JsonToken.VALUE_NULL || token == JsonToken.START_ARRAY;
        }

        @Override
        void nonEmptyArray() {
            flag = false;
        }
    }

    private static final class IsNullLeaf extends Leaf {
        @Override
        void value(JsonToken token, JsonParser parser) {
            flag |= token == JsonToken.VALUE_NULL;
        }
    }

    private static final class TestLeaf extends Leaf {
        private final ValueTest test;

        TestLeaf(ValueTest test) {
            this.test = test;
        }

        @Override
        void value(JsonToken token, JsonParser parser) throws IOException {
            if (token != JsonToken.START_ARRAY) {
                element(token, parser);
            }
        }

        @Override
        void element(JsonToken token, JsonParser parser) throws IOException {
            flag = flag || test.holds(token, parser);
        }
    }

    // ---- compilation

    private Group group(Filter filter, int depth) {
        if (depth > Json.DEPTH_MAX) {
            throw StoreException.invalid("filter: nested deeper than " + Json.DEPTH_MAX);
        }
        Filter.MinShould min = filter.minShould();
        return new Group(
                nodes(filter.must(), depth),
                nodes(filter.should(), depth),
                nodes(filter.mustNot(), depth),
                min == null ? List.of() : nodes(min.conditions(), depth),
                min == null ? 0 : min.minCount());
    }

    private List<Node> nodes(List<Condition> list, int depth) {
        List<Node> nodes = new ArrayList<>(list.size());
        for (Condition condition : list) {
            if (++conditions > CONDITIONS_MAX) {
                throw StoreException.invalid("filter: more than " + CONDITIONS_MAX + " conditions");
            }
            nodes.add(
                    switch (condition) {
                        case Condition.Nested(Filter inner) -> group(inner, depth + 1);
                        case Condition.HasId(List<PointId> ids) -> {
                            readsIds = true;
                            yield new HasId(new HashSet<>(ids));
                        }
                        case Condition.IsEmpty(String key) -> leaf(key, new IsEmptyLeaf());
                        case Condition.IsNull(String key) -> leaf(key, new IsNullLeaf());
                        case Condition.Match(String key, Condition.MatchValue value) ->
                            leaf(key, new TestLeaf(ValueTest.of(value)));
                        case Condition.Range range -> leaf(range.key(), new TestLeaf(ValueTest.of(range)));
                    });
        }
        return nodes;
    }

    private Leaf leaf(String key, Leaf leaf) {
        walk.add(FieldPath.parse(key), leaf);
        leaves.add(leaf);
        return leaf;
    }
}
