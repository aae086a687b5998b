package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.filter.FieldSchema;
import dev.vectorhub.engine.core.filter.PayloadMatcher;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.storage.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * A store with field indexes answers filters, counts, orders and facets as a walk over all its payloads does: through segments,
 * deletes, compaction, reopening and indexes that come and go.
 */
class FilteredStorePropertyTest {
    private static final UUID TENANT = RandomOps.tenant(0);
    private static final int POINTS = 60;

    private final Map<PointId, byte[]> points = new TreeMap<>();
    private final Map<String, FieldSpec> fields = new HashMap<>();
    private @Nullable EngineStore open;
    private long index;

    @Property(tries = 6, afterFailure = AfterFailureMode.RANDOM_SEED)
    void answersAreThoseOfAWalk(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("filtered");
        UUID collection = RandomOps.collection(0, random.nextInt(3));
        points.clear();
        fields.clear();
        index = 0;
        try {
            open = EngineStore.open(directory, EngineStorePropertyTest.small());
            store().placeTenant(++index, TENANT, 1, new UUID(1, 1), RandomOps.mode(random.nextInt(3)));
            store().createCollection(++index, TENANT, collection, CollectionConfig.single(2, Distance.DOT));
            for (int i = 0; i < 40; i++) {
                step(random, collection, directory);
                if (i % 4 == 0) {
                    check(random, collection);
                }
            }
        } finally {
            if (open != null) {
                open.close();
            }
            Layout.erase(directory);
        }
    }

    private void step(Random random, UUID collection, Path directory) throws InterruptedException {
        switch (random.nextInt(10)) {
            case 0 -> {
                String key = FilterSamples.key(random);
                FieldSpec spec = FilterSamples.spec(random, true);
                forget(key);
                fields.put(key, spec);
                store().createFieldIndex(++index, TENANT, collection, key, spec);
            }
            case 1 -> {
                String key = FilterSamples.key(random);
                forget(key);
                store().deleteFieldIndex(++index, TENANT, collection, key);
            }
            case 2 -> store().checkpoint();
            case 3 -> store().awaitUpkeep();
            case 4 -> {
                store().checkpoint();
                store().close();
                open = EngineStore.open(directory, EngineStorePropertyTest.small());
            }
            case 5 -> {
                Filter filter = FilterSamples.filter(random);
                Set<PointId> gone = matching(filter);
                assertEquals(
                        gone.size(),
                        store().deletePoints(++index, TENANT, collection, new PointSelector.Matching(filter)));
                points.keySet().removeAll(gone);
            }
            default -> {
                List<PointRecord> batch = new ArrayList<>();
                Set<PointId> ids = new HashSet<>();
                for (int i = random.nextInt(30); i >= 0; i--) {
                    PointId id = PointId.of(random.nextInt(POINTS));
                    if (ids.add(id)) {
                        String text = FilterSamples.payload(random);
                        byte[] payload = text.equals("{}") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
                        points.put(id, payload);
                        batch.add(new PointRecord(
                                id, List.of(new NamedVector("", new float[] {random.nextFloat(), 1})), payload));
                    }
                }
                store().upsert(++index, TENANT, collection, batch, Ceilings.NONE);
            }
        }
    }

    /** Other spellings of a path are the same field. */
    private void forget(String key) {
        fields.keySet().removeIf(other -> FieldPath.parse(other).equals(FieldPath.parse(key)));
    }

    private Set<PointId> matching(Filter filter) {
        PayloadMatcher matcher = PayloadMatcher.compile(filter, new FieldSchema(fields));
        Set<PointId> ids = new HashSet<>();
        points.forEach((id, payload) -> {
            PayloadMatcher.Subject subject = new PayloadMatcher.Subject() {
                @Override
                public PointId id() {
                    return id;
                }

                @Override
                public boolean hasVector(String name) {
                    return name.isEmpty();
                }
            };
            if (matcher.matches(subject, payload, 0, payload.length)) {
                ids.add(id);
            }
        });
        return ids;
    }

    private void check(Random random, UUID collection) {
        Filter filter = FilterSamples.filter(random);
        Set<PointId> expected = matching(filter);
        assertEquals(expected.size(), store().count(TENANT, collection, filter), () -> filter + " by " + fields);
        Set<PointId> scrolled = new HashSet<>();
        PointId offset = null;
        do {
            ScrollPage page =
                    store().scroll(TENANT, collection, filter, offset, 7, PayloadSelection.NONE, VectorSelection.NONE);
            page.points().forEach(point -> scrolled.add(point.id()));
            offset = page.nextOffset();
        } while (offset != null);
        assertEquals(expected, scrolled, filter::toString);
        Set<PointId> found = new HashSet<>();
        SearchSpec all = SearchSpec.nearest(new float[] {1, 1}, POINTS).withFilter(filter);
        store().search(TENANT, collection, all).points().forEach(point -> found.add(point.id()));
        assertEquals(expected, found, filter::toString);
        long estimate = store().estimate(TENANT, collection, filter);
        assertTrue(estimate >= 0 && estimate <= points.size());
        fields.forEach((key, spec) -> {
            checkOrder(random, collection, key, spec, random.nextBoolean() ? filter : null);
            checkFacet(collection, key, spec, random.nextBoolean() ? filter : null);
        });
    }

    // ---- orders and facets, by the tree

    private EngineStore store() {
        return Objects.requireNonNull(open);
    }

    private record Pair(FieldValue value, PointId id) {}

    private List<Pair> pairs(String key, FieldSpec spec, @Nullable Filter filter) {
        Set<PointId> within = filter == null ? points.keySet() : matching(filter);
        List<Pair> pairs = new ArrayList<>();
        points.forEach((id, payload) -> {
            if (within.contains(id)) {
                for (Object leaf : NaiveTree.leaves(NaiveTree.parse(payload), key)) {
                    FieldValue value = value(spec.type(), leaf);
                    if (value != null && !pairs.contains(new Pair(value, id))) {
                        pairs.add(new Pair(value, id));
                    }
                }
            }
        });
        return pairs;
    }

    private static @Nullable FieldValue value(FieldType type, @Nullable Object leaf) {
        return switch (type) {
            case KEYWORD -> leaf instanceof String text ? new FieldValue.Keyword(text) : null;
            case INTEGER -> leaf instanceof Long number ? new FieldValue.Int(number) : null;
            case FLOAT -> leaf instanceof Number number ? new FieldValue.Real(number.doubleValue()) : null;
            case BOOL -> leaf instanceof Boolean bool ? new FieldValue.Bool(bool) : null;
            case DATETIME, UUID, GEO, TEXT -> null;
        };
    }

    private void checkOrder(Random random, UUID collection, String key, FieldSpec spec, @Nullable Filter filter) {
        boolean descending = random.nextBoolean();
        FieldValue start = random.nextInt(3) == 0 ? new FieldValue.Real(random.nextInt(4)) : null;
        OrderBy order = new OrderBy(key, descending, start);
        int limit = 1 + random.nextInt(20);
        if (spec.type() != FieldType.INTEGER && spec.type() != FieldType.FLOAT) {
            if (spec.type() != FieldType.DATETIME) {
                assertThrows(StoreException.class, () -> ordered(collection, filter, order, limit));
            }
            return;
        }
        Comparator<Pair> ascending = Comparator.comparing(Pair::value).thenComparing(Pair::id);
        List<Pair> expected = pairs(key, spec, filter).stream()
                .filter(pair -> start == null
                        || (descending ? pair.value.compareTo(start) <= 0 : pair.value.compareTo(start) >= 0))
                .sorted(descending ? ascending.reversed() : ascending)
                .limit(limit)
                .toList();
        OrderedPage page = ordered(collection, filter, order, limit);
        List<Pair> actual = new ArrayList<>();
        for (int i = 0; i < page.points().size(); i++) {
            actual.add(new Pair(page.values().get(i), page.points().get(i).id()));
        }
        assertEquals(expected, actual, () -> order + " of " + filter);
    }

    private OrderedPage ordered(UUID collection, @Nullable Filter filter, OrderBy order, int limit) {
        return store().ordered(TENANT, collection, filter, order, limit, PayloadSelection.NONE, VectorSelection.NONE);
    }

    private void checkFacet(UUID collection, String key, FieldSpec spec, @Nullable Filter filter) {
        switch (spec.type()) {
            case KEYWORD, INTEGER, BOOL -> {
                Map<FieldValue, Long> counts = new HashMap<>();
                pairs(key, spec, filter).forEach(pair -> counts.merge(pair.value, 1L, Long::sum));
                Map<FieldValue, Long> actual = new HashMap<>();
                FacetHits hits = store().facet(TENANT, collection, filter, key, 1000, true);
                hits.hits().forEach(hit -> actual.put(hit.value(), hit.points()));
                assertEquals(counts, actual, () -> key + " of " + filter);
                for (int i = 1; i < hits.hits().size(); i++) {
                    FacetHits.Hit before = hits.hits().get(i - 1);
                    FacetHits.Hit next = hits.hits().get(i);
                    assertTrue(before.points() > next.points()
                            || (before.points() == next.points()
                                    && before.value().compareTo(next.value()) < 0));
                }
            }
            case UUID -> store().facet(TENANT, collection, filter, key, 10, false);
            case FLOAT, DATETIME, GEO, TEXT ->
                assertThrows(StoreException.class, () -> store().facet(TENANT, collection, filter, key, 10, true));
        }
    }
}
