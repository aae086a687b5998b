package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.Json;
import dev.vectorhub.engine.core.payload.JsonBytes;
import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of what a {@link Filter} means: Qdrant's semantics. One pass over the payload's bytes feeds every condition;
 * whatever else answers filters has to agree with this class.
 *
 * <p>A {@link PayloadScan} shows the values to the conditions; then the filter is evaluated over the conditions' flags. The
 * filter of a {@link Condition.Nested} is a matcher of its own over each element.
 *
 * <p>An instance holds the flags of one evaluation: one thread at a time. It makes no objects for a payload, except for texts
 * that are taken apart into tokens, strings with escapes and numbers of more than 15 digits.
 */
public final class PayloadMatcher {
    /** One bound for the whole tree: conditions cost memory and time for each point. */
    private static final int CONDITIONS_MAX = 10_000;

    private final Level level;
    private boolean readsIds;
    private int conditions;

    /** What is known of a point beside its payload. */
    public interface Subject {
        PointId id();

        /**
         * Whether the point has the vector.
         *
         * @param name of a vector; empty for the unnamed one
         */
        boolean hasVector(String name);
    }

    private PayloadMatcher(Filter filter, FieldSchema schema) {
        level = new Level(filter, schema, List.of(), 1);
    }

    /**
     * Makes a matcher of a filter.
     *
     * @param schema says how texts of indexed fields are compared
     * @throws StoreException {@code INVALID_ARGUMENT} for a malformed key or too many conditions
     */
    public static PayloadMatcher compile(Filter filter, FieldSchema schema) {
        return new PayloadMatcher(filter, schema);
    }

    /** False: {@link #matches} ignores the payload. */
    public boolean readsPayload() {
        return !level.leaves.isEmpty();
    }

    /** False: {@link #matches} ignores the subject. */
    public boolean readsSubject() {
        return readsIds;
    }

    /**
     * Whether the point fulfils the filter.
     *
     * @param json holds the payload, an object that was checked when it was stored
     * @param at where its brace is
     * @param length 0 for no payload
     */
    public boolean matches(@Nullable Subject subject, byte[] json, int at, int length) {
        try {
            return level.holds(subject, json, length == 0 ? -1 : at);
        } catch (IndexOutOfBoundsException e) {
            throw new StoreException(StoreException.Code.INTERNAL, "stored payload is not readable", e);
        }
    }

    // ---- conditions

    interface Node {
        boolean holds(@Nullable Subject subject);
    }

    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    private record Group(Node[] must, Node[] should, Node[] mustNot, Node[] some, int minCount) implements Node {
        @Override
        public boolean holds(@Nullable Subject subject) {
            for (Node node : must) {
                if (!node.holds(subject)) {
                    return false;
                }
            }
            for (Node node : mustNot) {
                if (node.holds(subject)) {
                    return false;
                }
            }
            return (should.length == 0 || count(should, subject, 1) >= 1) && count(some, subject, minCount) >= minCount;
        }

        /** Stops at {@code enough}. */
        private static int count(Node[] nodes, @Nullable Subject subject, int enough) {
            int count = 0;
            for (int i = 0; i < nodes.length && count < enough; i++) {
                count += nodes[i].holds(subject) ? 1 : 0;
            }
            return count;
        }
    }

    /** A condition on a field, and its flag in the current evaluation. */
    abstract static class Leaf implements PayloadScan.Leaf, Node {
        boolean flag;

        void reset() {
            flag = false;
        }

        @Override
        public final boolean holds(@Nullable Subject subject) {
            return flag;
        }
    }

    private static final class IsEmptyLeaf extends Leaf {
        @Override
        void reset() {
            flag = true;
        }

        @Override
        public void value(byte[] json, int at) {
            flag &= json[at] == 'n' || (json[at] == '[' && json[JsonBytes.white(json, at + 1)] == ']');
        }
    }

    private static final class IsNullLeaf extends Leaf {
        @Override
        public void value(byte[] json, int at) {
            flag |= json[at] == 'n';
        }
    }

    private static final class CountLeaf extends Leaf {
        private final Condition.ValuesCount wanted;

        CountLeaf(Condition.ValuesCount wanted) {
            this.wanted = wanted;
        }

        @Override
        public void value(byte[] json, int at) {
            flag = flag || ValueTest.within(count(json, at), wanted.lt(), wanted.gt(), wanted.gte(), wanted.lte());
        }
    }

    /** The values of a value: the elements of an array; 1 for anything else, 0 for null. */
    static int count(byte[] json, int at) {
        if (json[at] != '[') {
            return json[at] == 'n' ? 0 : 1;
        }
        int count = 0;
        for (int i = JsonBytes.white(json, at + 1); json[i] != ']'; count++) {
            i = PayloadScan.next(json, JsonBytes.skip(json, i));
        }
        return count;
    }

    private static final class TestLeaf extends Leaf {
        private final ValueTest test;

        TestLeaf(ValueTest test) {
            this.test = test;
        }

        @Override
        public void value(byte[] json, int at) {
            if (json[at] != '[') {
                flag = flag || test.holds(json, at);
                return;
            }
            int i = JsonBytes.white(json, at + 1);
            while (!flag && json[i] != ']') {
                flag = test.holds(json, i);
                i = PayloadScan.next(json, JsonBytes.skip(json, i));
            }
        }
    }

    private static final class NestedLeaf extends Leaf {
        private final Level inner;

        NestedLeaf(Level inner) {
            this.inner = inner;
        }

        @Override
        public void value(byte[] json, int at) {
            // ids and vectors are the point's, not the element's: there conditions on them do not hold
            flag = flag || (json[at] == '{' && inner.holds(null, json, at));
        }
    }

    // ---- compilation

    /** A filter over the objects at one place. */
    private final class Level {
        private final FieldSchema schema;
        private final List<FieldPath.Step> prefix;
        private final PayloadScan scan = new PayloadScan();
        private final List<Leaf> leaves = new ArrayList<>();
        private final Group top;

        Level(Filter filter, FieldSchema schema, List<FieldPath.Step> prefix, int depth) {
            this.schema = schema;
            this.prefix = prefix;
            this.top = group(filter, depth);
        }

        /** @param at of an object; -1 for none */
        boolean holds(@Nullable Subject subject, byte[] json, int at) {
            if (!leaves.isEmpty()) {
                for (int i = 0; i < leaves.size(); i++) {
                    leaves.get(i).reset();
                }
                if (at >= 0) {
                    scan.over(json, at);
                }
            }
            return top.holds(subject);
        }

        private Group group(Filter filter, int depth) {
            if (depth > Json.DEPTH_MAX) {
                throw StoreException.invalid("filter: nested deeper than " + Json.DEPTH_MAX);
            }
            Filter.MinShould min = filter.minShould();
            return new Group(
                    nodes(filter.must(), depth),
                    nodes(filter.should(), depth),
                    nodes(filter.mustNot(), depth),
                    min == null ? new Node[0] : nodes(min.conditions(), depth),
                    min == null ? 0 : min.minCount());
        }

        private Node[] nodes(List<Condition> list, int depth) {
            Node[] nodes = new Node[list.size()];
            for (int i = 0; i < nodes.length; i++) {
                if (++conditions > CONDITIONS_MAX) {
                    throw StoreException.invalid("filter: more than " + CONDITIONS_MAX + " conditions");
                }
                nodes[i] = node(list.get(i), depth);
            }
            return nodes;
        }

        private Node node(Condition condition, int depth) {
            return switch (condition) {
                case Condition.Group(Filter inner) -> group(inner, depth + 1);
                case Condition.HasId(List<PointId> ids) -> {
                    Set<PointId> set = new HashSet<>(ids);
                    yield onSubject(subject -> subject != null && set.contains(subject.id()));
                }
                case Condition.HasVector(String vector) ->
                    onSubject(subject -> subject != null && subject.hasVector(vector));
                case Condition.Slice(long total, long index) ->
                    onSubject(subject ->
                            subject != null && Long.remainderUnsigned(IdHash.of(subject.id()), total) == index);
                case Condition.IsEmpty(String key) -> leaf(key, new IsEmptyLeaf());
                case Condition.IsNull(String key) -> leaf(key, new IsNullLeaf());
                case Condition.ValuesCount count -> leaf(count.key(), new CountLeaf(count));
                case Condition.Match(String key, MatchValue value) -> match(key, value);
                case Condition.Range range -> test(range.key(), ValueTest.range(range));
                case Condition.DatetimeRange range -> test(range.key(), ValueTest.datetime(range));
                case Condition.GeoBox box -> test(box.key(), ValueTest.geo(GeoArea.of(box)));
                case Condition.GeoRadius circle -> test(circle.key(), ValueTest.geo(GeoArea.of(circle)));
                case Condition.GeoPolygon polygon -> test(polygon.key(), ValueTest.geo(GeoArea.of(polygon)));
                case Condition.Nested(String key, Filter inner) ->
                    nested(FieldPath.parse(key).each(), inner, depth + 1);
            };
        }

        private Node onSubject(Node node) {
            readsIds = true;
            return node;
        }

        private Leaf nested(FieldPath path, Filter inner, int depth) {
            NestedLeaf leaf =
                    new NestedLeaf(new Level(inner, schema, path.within(prefix).steps(), depth));
            scan.add(path, leaf);
            leaves.add(leaf);
            return leaf;
        }

        private Leaf match(String key, MatchValue value) {
            FieldSpec spec =
                    schema.isEmpty() ? null : schema.spec(FieldPath.parse(key).within(prefix));
            TextSpec text = spec == null ? null : spec.text();
            Leaf tokens = text == null ? null : TextLeaves.of(value, TextAnalyzer.of(text));
            if (tokens != null) {
                return leaf(key, tokens);
            }
            return test(key, of(value, spec != null && spec.type() == FieldType.UUID));
        }

        private Leaf test(String key, ValueTest test) {
            return leaf(key, new TestLeaf(test));
        }

        private Leaf leaf(String key, Leaf leaf) {
            scan.add(FieldPath.parse(key), leaf);
            leaves.add(leaf);
            return leaf;
        }
    }

    /** @param uuids whether the field has a UUID index */
    private static ValueTest of(MatchValue value, boolean uuids) {
        return switch (value) {
            case MatchValue.Keyword(String wanted) -> uuids ? ValueTest.uuid(wanted) : ValueTest.keyword(wanted);
            case MatchValue.Int(long wanted) -> ValueTest.integer(wanted);
            case MatchValue.Bool(boolean wanted) -> ValueTest.bool(wanted);
            case MatchValue.Any(List<String> keywords, List<Long> integers) -> any(keywords, integers, uuids);
            case MatchValue.Except(List<String> keywords, List<Long> integers) ->
                ValueTest.except(any(keywords, integers, uuids));
            case MatchValue.Prefix(String prefix) -> ValueTest.prefix(prefix);
            case MatchValue.Text(String text) -> ValueTest.part(text);
            case MatchValue.Phrase(String text) -> ValueTest.part(text);
            case MatchValue.TextAny(String words) -> ValueTest.anyPart(words);
        };
    }

    private static ValueTest any(List<String> keywords, List<Long> integers, boolean uuids) {
        return uuids && !keywords.isEmpty() ? ValueTest.uuids(keywords) : ValueTest.oneOf(keywords, integers);
    }
}
