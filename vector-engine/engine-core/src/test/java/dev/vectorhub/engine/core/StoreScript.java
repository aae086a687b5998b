package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs commands on the store and on the oracle and compares every answer. */
final class StoreScript implements AutoCloseable {
    private final Path directory;
    private final StoreSettings settings;
    private final Random random;
    private final NaiveStore oracle = new NaiveStore();
    private final List<Logged> log = new ArrayList<>();
    private EngineStore store;

    /** @param outcome count, or the code of a refusal */
    private record Logged(long index, Op op, Object outcome) {}

    StoreScript(Path directory, StoreSettings settings, long seed) {
        this.directory = directory;
        this.settings = settings;
        this.random = new Random(seed);
        this.store = EngineStore.open(directory, settings);
    }

    EngineStore store() {
        return store;
    }

    NaiveStore oracle() {
        return oracle;
    }

    void run(Op op) {
        switch (op) {
            case Op.Checkpoint checkpoint -> checkpoint();
            case Op.Reopen reopen -> reopen();
            default -> command(op);
        }
    }

    private void checkpoint() {
        long durable = store.checkpoint();
        assertEquals(log.isEmpty() ? 0 : log.getLast().index(), durable);
        assertEquals(durable, store.durableIndex());
        compareAll();
    }

    private void reopen() {
        store.close();
        store = EngineStore.open(directory, settings);
        long durable = store.durableIndex();
        for (Logged entry : log) {
            // replay may begin before what is durable: that part must change nothing
            if (entry.index() > durable - 5) {
                Object outcome = outcome(() -> apply(store, entry.index(), entry.op()));
                if (entry.index() > durable && !isDroppedLater(entry)) {
                    assertEquals(entry.outcome(), outcome, () -> "replay of " + entry);
                }
            }
        }
        compareAll();
    }

    /** The data of a tenant that the log drops need not be there during replay. */
    private boolean isDroppedLater(Logged entry) {
        return log.stream()
                .anyMatch(later -> later.index() >= entry.index()
                        && later.op() instanceof Op.DropTenant drop
                        && drop.tenant().equals(tenantOf(entry.op())));
    }

    private void command(Op op) {
        long index = log.isEmpty() ? 1 : log.getLast().index() + random.nextInt(2);
        // a checkpoint covers whole entries: what is durable already is an entry of the past
        index = Math.max(index, store.durableIndex() + 1);
        long at = index;
        Object expected = outcome(() -> applyToOracle(at, op));
        Object actual = outcome(() -> apply(store, at, op));
        assertEquals(expected, actual, op::toString);
        log.add(new Logged(index, op, actual));
        UUID tenant = tenantOf(op);
        UUID collection = collectionOf(op);
        if (collection != null) {
            compare(tenant, collection);
        }
    }

    private static Object outcome(java.util.function.Supplier<Integer> command) {
        try {
            return command.get();
        } catch (StoreException e) {
            return switch (e.code()) {
                case POINT_CEILING, BYTE_CEILING -> e.code() + " " + e.limit() + " " + e.used() + " " + e.requested();
                default -> e.code();
            };
        }
    }

    static int apply(EngineStore store, long index, Op op) {
        switch (op) {
            case Op.Place p -> store.placeTenant(index, p.tenant(), p.generation(), p.commandId(), p.mode());
            case Op.DropTenant d -> store.dropTenant(index, d.tenant(), d.generation(), d.commandId());
            case Op.Create c -> store.createCollection(index, c.tenant(), c.collection(), c.config());
            case Op.Drop d -> store.dropCollection(index, d.tenant(), d.collection());
            case Op.Update u -> store.updateCollection(index, u.tenant(), u.collection(), u.hnsw());
            case Op.AddVector a -> store.addVector(index, a.tenant(), a.collection(), a.vector());
            case Op.RemoveVector r -> store.removeVector(index, r.tenant(), r.collection(), r.name());
            case Op.Upsert u -> {
                return store.upsert(
                        index, u.tenant(), u.collection(), u.points(), u.mode(), u.condition(), u.ceilings());
            }
            case Op.UpdateVectors u -> {
                return store.updateVectors(index, u.tenant(), u.collection(), u.points(), u.condition(), u.ceilings());
            }
            case Op.DeleteVectors d -> {
                return store.deleteVectors(index, d.tenant(), d.collection(), d.selector(), d.names());
            }
            case Op.Delete d -> {
                return store.deletePoints(index, d.tenant(), d.collection(), d.selector());
            }
            case Op.SetPayload s -> {
                return store.setPayload(
                        index,
                        s.tenant(),
                        s.collection(),
                        s.selector(),
                        s.payload().getBytes(StandardCharsets.UTF_8),
                        s.overwrite(),
                        s.key(),
                        Ceilings.NONE);
            }
            case Op.DeletePayload d -> {
                return store.deletePayload(index, d.tenant(), d.collection(), d.selector(), d.keys());
            }
            case Op.ClearPayload c -> {
                return store.clearPayload(index, c.tenant(), c.collection(), c.selector());
            }
            case Op.PutField f ->
                store.createFieldIndex(index, f.tenant(), f.collection(), f.key(), FieldSpec.of(f.type()));
            case Op.RemoveField f -> store.deleteFieldIndex(index, f.tenant(), f.collection(), f.key());
            case Op.Checkpoint c -> throw new AssertionError("not in the log");
            case Op.Reopen r -> throw new AssertionError("not in the log");
        }
        return 0;
    }

    int applyToOracle(long index, Op op) {
        switch (op) {
            case Op.Place p -> oracle.placeTenant(p.tenant(), p.generation(), p.commandId(), p.mode());
            case Op.DropTenant d -> oracle.dropTenant(d.tenant(), d.generation());
            case Op.Create c -> oracle.createCollection(c.tenant(), c.collection(), c.config());
            case Op.Drop d -> oracle.dropCollection(d.tenant(), d.collection());
            case Op.AddVector a -> oracle.addVector(a.tenant(), a.collection(), a.vector());
            case Op.RemoveVector r -> oracle.removeVector(r.tenant(), r.collection(), r.name());
            case Op.Update u -> {
                NaiveStore.Coll coll = oracle.coll(u.tenant(), u.collection());
                coll.config = new CollectionConfig(
                        coll.config.vectors(), u.hnsw().orElse(coll.config.hnsw()), coll.config.isolation());
            }
            case Op.Upsert u -> {
                return oracle.upsert(
                        index, u.tenant(), u.collection(), u.points(), u.mode(), u.condition(), u.ceilings());
            }
            case Op.UpdateVectors u -> {
                return oracle.updateVectors(index, u.tenant(), u.collection(), u.points(), u.condition(), u.ceilings());
            }
            case Op.DeleteVectors d -> {
                return oracle.deleteVectors(index, d.tenant(), d.collection(), d.selector(), d.names());
            }
            case Op.Delete d -> {
                return oracle.delete(d.tenant(), d.collection(), d.selector());
            }
            case Op.SetPayload s -> {
                return oracle.setPayload(
                        index,
                        s.tenant(),
                        s.collection(),
                        s.selector(),
                        s.payload().getBytes(StandardCharsets.UTF_8),
                        s.overwrite(),
                        s.key());
            }
            case Op.DeletePayload d -> {
                return oracle.deletePayload(index, d.tenant(), d.collection(), d.selector(), d.keys());
            }
            case Op.ClearPayload c -> {
                return oracle.clearPayload(index, c.tenant(), c.collection(), c.selector());
            }
            case Op.PutField f -> oracle.coll(f.tenant(), f.collection()).fields.put(f.key(), f.type());
            case Op.RemoveField f ->
                oracle.coll(f.tenant(), f.collection()).fields.remove(f.key());
            case Op.Checkpoint c -> throw new AssertionError("not in the log");
            case Op.Reopen r -> throw new AssertionError("not in the log");
        }
        return 0;
    }

    static UUID tenantOf(Op op) {
        return switch (op) {
            case Op.Place o -> o.tenant();
            case Op.DropTenant o -> o.tenant();
            case Op.Create o -> o.tenant();
            case Op.Drop o -> o.tenant();
            case Op.Update o -> o.tenant();
            case Op.AddVector o -> o.tenant();
            case Op.RemoveVector o -> o.tenant();
            case Op.Upsert o -> o.tenant();
            case Op.UpdateVectors o -> o.tenant();
            case Op.DeleteVectors o -> o.tenant();
            case Op.Delete o -> o.tenant();
            case Op.SetPayload o -> o.tenant();
            case Op.DeletePayload o -> o.tenant();
            case Op.ClearPayload o -> o.tenant();
            case Op.PutField o -> o.tenant();
            case Op.RemoveField o -> o.tenant();
            case Op.Checkpoint o -> new UUID(0, 0);
            case Op.Reopen o -> new UUID(0, 0);
        };
    }

    private static @Nullable UUID collectionOf(Op op) {
        return switch (op) {
            case Op.Create o -> o.collection();
            case Op.Drop o -> o.collection();
            case Op.Update o -> o.collection();
            case Op.AddVector o -> o.collection();
            case Op.RemoveVector o -> o.collection();
            case Op.Upsert o -> o.collection();
            case Op.UpdateVectors o -> o.collection();
            case Op.DeleteVectors o -> o.collection();
            case Op.Delete o -> o.collection();
            case Op.SetPayload o -> o.collection();
            case Op.DeletePayload o -> o.collection();
            case Op.ClearPayload o -> o.collection();
            case Op.PutField o -> o.collection();
            case Op.RemoveField o -> o.collection();
            default -> null;
        };
    }

    // ---- comparison

    void compareAll() {
        for (int t = 0; t < 3; t++) {
            for (int c = 0; c < 3; c++) {
                compare(RandomOps.tenant(t), RandomOps.collection(t, c));
            }
        }
        assertEquals(oracle.tenants.size(), store.tenantStats(null).size());
        oracle.tenants.forEach((id, tenant) -> {
            TenantStatus status = store.tenantStats(id).getFirst();
            assertEquals(tenant.bytes(), status.logicalBytes());
            assertEquals(tenant.generation, status.generation());
            assertEquals(tenant.collections.size(), status.collections().size());
        });
        assertEquals(List.of(), store.status().quarantined());
    }

    void compare(UUID tenant, UUID collection) {
        NaiveStore.Tenant owner = oracle.tenants.get(tenant);
        NaiveStore.Coll expected = owner == null ? null : owner.collections.get(collection);
        if (expected == null) {
            assertEquals(StoreException.Code.NOT_FOUND, outcome(() -> (int) store.count(tenant, collection, null)));
            return;
        }
        CollectionStatus info = store.info(tenant, collection);
        assertTrue(expected.config.isLike(info.config()), info::toString);
        assertEquals(expected.points.size(), info.points());
        assertEquals(expected.bytes(), info.logicalBytes());
        compareFields(expected, info);
        ScrollPage all = store.scroll(tenant, collection, null, null, 1000, PayloadSelection.ALL, VectorSelection.ALL);
        ScrollPage wanted =
                oracle.scroll(tenant, collection, null, null, 1000, PayloadSelection.ALL, VectorSelection.ALL);
        assertSame(wanted, all);
        Filter filter = RandomOps.filter(random, 0);
        assertEquals(
                (long) oracle.select(expected, new PointSelector.Matching(filter))
                        .size(),
                store.count(tenant, collection, filter),
                filter::toString);
        PointId offset = RandomOps.id(random);
        int limit = 1 + random.nextInt(5);
        assertSame(
                oracle.scroll(tenant, collection, filter, offset, limit, PayloadSelection.ALL, VectorSelection.NONE),
                store.scroll(tenant, collection, filter, offset, limit, PayloadSelection.ALL, VectorSelection.NONE));
        List<PointId> ids = List.of(offset, RandomOps.id(random), offset);
        assertSame(
                oracle.retrieve(tenant, collection, ids, PayloadSelection.ALL, VectorSelection.ALL),
                store.retrieve(tenant, collection, ids, PayloadSelection.ALL, VectorSelection.ALL));
        compareSearch(tenant, collection, expected, random.nextBoolean() ? filter : null);
    }

    private static void compareFields(NaiveStore.Coll expected, CollectionStatus info) {
        assertEquals(expected.fields.size(), info.fields().size());
        for (CollectionStatus.FieldIndexStatus field : info.fields()) {
            assertEquals(expected.fields.get(field.key()), field.spec().type());
            Filter filled = Filter.mustNot(new Condition.IsEmpty(field.key()));
            long points = expected.points.values().stream()
                    .filter(p -> NaiveTree.matches(filled, p.id, NaiveTree.parse(p.payload)))
                    .count();
            assertEquals(points, field.points(), field::toString);
        }
    }

    private void compareSearch(UUID tenant, UUID collection, NaiveStore.Coll expected, @Nullable Filter filter) {
        if (expected.config.vectors().isEmpty()) {
            return;
        }
        VectorConfig config = expected.config
                .vectors()
                .get(random.nextInt(expected.config.vectors().size()));
        VectorValue query = RandomOps.vector(random, config);
        PointId like = RandomOps.id(random);
        boolean byId = random.nextInt(4) == 0;
        SearchSpec spec = new SearchSpec(
                config.name(),
                byId ? new SearchSpec.Query.ById(like) : new SearchSpec.Query.ByVector(query),
                filter,
                1 + random.nextInt(12),
                random.nextInt(3),
                random.nextInt(3) == 0 ? Float.valueOf(random.nextFloat() * 3) : null,
                0,
                true,
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.ALL,
                VectorSelection.NONE);
        Object wanted = hits(() -> oracle.search(tenant, collection, spec));
        Object found = hits(() -> store.search(tenant, collection, spec));
        if (wanted instanceof SearchHits a && found instanceof SearchHits b) {
            assertEquals(a.points().size(), b.points().size(), spec::toString);
            assertEquals(a.vectorsScanned(), b.vectorsScanned());
            for (int i = 0; i < a.points().size(); i++) {
                ScoredPoint p = a.points().get(i);
                ScoredPoint q = b.points().get(i);
                // neighbours in rank may change places within the rounding of the sums
                assertEquals(p.score(), q.score(), 1e-4 * (1 + Math.abs(p.score())), spec::toString);
                NaiveStore.Pt exact = Objects.requireNonNull(expected.points.get(q.id()));
                assertEquals(exact.version, q.version());
                assertEquals(NaiveTree.parse(exact.payload), NaiveTree.parse(q.payloadJson()));
            }
        } else {
            assertEquals(wanted, found);
        }
    }

    private static Object hits(java.util.function.Supplier<SearchHits> search) {
        try {
            return search.get();
        } catch (StoreException e) {
            return e.code();
        }
    }

    private static void assertSame(ScrollPage wanted, ScrollPage found) {
        assertSame(wanted.points(), found.points());
        assertEquals(wanted.nextOffset(), found.nextOffset());
    }

    private static void assertSame(List<PointRecord> wanted, List<PointRecord> found) {
        assertEquals(
                wanted.stream().map(PointRecord::id).toList(),
                found.stream().map(PointRecord::id).toList());
        for (int i = 0; i < wanted.size(); i++) {
            assertTrue(List.copyOf(wanted.get(i).vectors()).size()
                    == found.get(i).vectors().size());
            Map<String, @Nullable Object> payload =
                    NaiveTree.parse(wanted.get(i).payloadJson());
            assertEquals(payload, NaiveTree.parse(found.get(i).payloadJson()));
            for (NamedVector vector : wanted.get(i).vectors()) {
                assertTrue(found.get(i).vectors().contains(vector), vector::toString);
            }
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
