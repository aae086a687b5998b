package dev.vectorhub.engine.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.FilterSamples;
import dev.vectorhub.engine.core.NaiveTree;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.index.FieldIndexBuilder;
import dev.vectorhub.engine.core.index.LuceneFieldIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** What an index says of a filter is what the matcher says, and the matcher says what a plain reading of the tree says. */
class FieldIndexPropertyTest {
    @Provide
    Arbitrary<List<String>> payloads() {
        return Arbitraries.randomValue(FilterSamples::payload)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Filter>> filters() {
        return Arbitraries.randomValue(FilterSamples::filter)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    static boolean matches(PayloadMatcher matcher, SamplePart part, int ordinal) {
        PayloadMatcher.Subject subject = new PayloadMatcher.Subject() {
            @Override
            public PointId id() {
                return part.id(ordinal);
            }

            @Override
            public boolean hasVector(String name) {
                return false;
            }
        };
        byte[] payload = part.payload(ordinal);
        return matcher.matches(subject, payload, 0, payload.length);
    }

    @Property(tries = 400, afterFailure = AfterFailureMode.RANDOM_SEED)
    void theMatcherReadsWhatTheTreeHolds(
            @ForAll("payloads") List<String> payloads, @ForAll("filters") List<Filter> filters) {
        SamplePart part = new SamplePart(payloads);
        for (Filter filter : filters) {
            PayloadMatcher matcher = PayloadMatcher.compile(filter, FieldSchema.EMPTY);
            for (int i = 0; i < part.size(); i++) {
                byte[] payload = part.payload(i);
                assertEquals(
                        NaiveTree.matches(filter, part.id(i), NaiveTree.parse(payload)),
                        matches(matcher, part, i),
                        () -> filter + " of " + payloads);
            }
        }
    }

    @Property(tries = 250, afterFailure = AfterFailureMode.RANDOM_SEED)
    void anIndexSaysWhatTheMatcherSays(
            @ForAll("payloads") List<String> payloads, @ForAll("filters") List<Filter> filters, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            fields.put(FilterSamples.key(random), FilterSamples.spec(random, true));
        }
        SamplePart part = new SamplePart(payloads);
        FieldSchema schema = new FieldSchema(fields);
        try (Arena arena = Arena.ofConfined()) {
            LuceneFieldIndex index = index(part, fields, arena);
            for (Filter filter : filters) {
                Bounds bounds = new FilterPlanner(part, index, name -> -1).bounds(filter);
                PayloadMatcher matcher = PayloadMatcher.compile(filter, schema);
                for (int i = 0; i < part.size(); i++) {
                    int ordinal = i;
                    boolean holds = matches(matcher, part, i);
                    assertTrue(
                            holds
                                    ? bounds.possible().contains(i)
                                    : !bounds.sure().contains(i),
                            () -> filter + " by " + fields + " of " + payloads.get(ordinal));
                }
            }
        }
    }

    static LuceneFieldIndex index(SamplePart part, Map<String, FieldSpec> fields, Arena arena) throws IOException {
        ByteBuffersDirectory built = Objects.requireNonNull(FieldIndexBuilder.build(part, fields, () -> false));
        Map<String, MemorySegment> files = new HashMap<>();
        for (String name : built.listAll()) {
            try (IndexInput in = built.openInput(name, IOContext.READONCE)) {
                byte[] bytes = new byte[(int) in.length()];
                in.readBytes(bytes, 0, bytes.length);
                MemorySegment memory = arena.allocate(Math.max(1, bytes.length));
                MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
                files.put(name, memory.asSlice(0, bytes.length));
            }
        }
        return LuceneFieldIndex.open(Path.of("memory"), files, part.size(), List.copyOf(fields.keySet()), fields);
    }

    /** Conditions of an index's own type are decided by it alone. */
    @Property(tries = 60, afterFailure = AfterFailureMode.RANDOM_SEED)
    void nothingIsLeftOpenThatTheIndexKnows(@ForAll("payloads") List<String> payloads) throws IOException {
        SamplePart part = new SamplePart(payloads);
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        fields.put("a", FieldSpec.of(dev.vectorhub.engine.core.FieldType.KEYWORD));
        fields.put("b", FieldSpec.of(dev.vectorhub.engine.core.FieldType.INTEGER));
        try (Arena arena = Arena.ofConfined()) {
            FilterPlanner planner = new FilterPlanner(part, index(part, fields, arena), name -> -1);
            for (Condition condition : List.of(
                    new Condition.Match("a", new Condition.MatchValue.Keyword("red")),
                    new Condition.Match("a", new Condition.MatchValue.Prefix("re")),
                    new Condition.Match("b", new Condition.MatchValue.Int(1)),
                    new Condition.Range("b", 3.0, null, 0.5, null),
                    new Condition.IsEmpty("a"),
                    new Condition.IsNull("b"))) {
                assertTrue(planner.bounds(Filter.must(condition)).exact(), condition::toString);
                assertTrue(planner.bounds(Filter.mustNot(condition)).exact(), condition::toString);
            }
        }
    }
}
