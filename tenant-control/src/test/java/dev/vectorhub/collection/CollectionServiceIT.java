package dev.vectorhub.collection;

import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.Counted;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.client.Routing;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.AddVector;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.UpdateCollection;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CollectionServiceIT {
    private static final CollectionSpec SPEC = CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setSize(4))
            .build();
    private static final String CONFIG = "{\"vectors\": {\"size\": 4}}";

    private final Control control = Control.shared();
    private final Counted counted = new Counted(control.database().app());
    private final FakeEngine engine = new FakeEngine();
    private final CollectionService collections = service();
    private final Tenant tenant = control.tenant(new Limits(3, 10, 10, 10));
    private final TenantScope scope = Control.scope(tenant, Control.LIMITS);

    @Test
    void aCollectionIsThereWhenCreateReturnsAndGoneWhenDeleteDoes() {
        CollectionHandle made = collections.create(scope, "docs", SPEC, CONFIG);
        assertEquals(List.of(made), collections.list(scope));
        assertEquals(made, collections.find(scope, "docs").orElseThrow());
        assertEquals(1, engine.collections.size());
        assertEquals(1, control.quotas.usage(tenant.id()).collections());
        assertTrue(collections.delete(scope, "docs"));
        assertFalse(collections.delete(scope, "docs"));
        assertEquals(List.of(), collections.list(scope));
        assertTrue(collections.find(scope, "docs").isEmpty());
        assertTrue(engine.collections.isEmpty());
        assertEquals(0, control.quotas.usage(tenant.id()).collections());
    }

    @Test
    void aNameIsTakenOnceAndFreeAfterDeletion() {
        CollectionHandle first = collections.create(scope, "docs", SPEC, CONFIG);
        assertProblem(ProblemType.CONFLICT, () -> collections.create(scope, "docs", SPEC, CONFIG));
        collections.delete(scope, "docs");
        CollectionHandle second = collections.create(scope, "docs", SPEC, CONFIG);
        assertFalse(first.id().equals(second.id()), "an id is never used twice");
    }

    @Test
    void of16CreatorsOfOneNameOneSucceedsAndOneQuotaIsTaken() throws Exception {
        int succeeded = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CollectionHandle>> creators = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int size = i + 1;
                CollectionSpec own = CollectionSpec.newBuilder()
                        .addVectors(VectorParams.newBuilder().setSize(size))
                        .build();
                creators.add(threads.submit(() -> collections.create(scope, "docs", own, CONFIG)));
            }
            for (Future<CollectionHandle> creator : creators) {
                try {
                    creator.get();
                    succeeded++;
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof ProblemException, () -> "" + e.getCause());
                }
            }
        }
        assertEquals(1, succeeded);
        assertEquals(1, control.quotas.usage(tenant.id()).collections());
        assertEquals(1, engine.collections.size());
    }

    @Test
    void theQuotaBindsAndIsGivenBack() {
        for (String name : List.of("a", "b", "c")) {
            collections.create(scope, name, SPEC, CONFIG);
        }
        assertProblem(ProblemType.QUOTA_EXCEEDED, () -> collections.create(scope, "d", SPEC, CONFIG));
        collections.delete(scope, "a");
        collections.create(scope, "d", SPEC, CONFIG);
        assertEquals(
                List.of("b", "c", "d"),
                collections.list(scope).stream().map(CollectionHandle::name).toList());
    }

    @Test
    void whatTheEngineRefusesLeavesNothingBehind() {
        EngineException refused = assertThrows(
                EngineException.class,
                () -> collections.create(scope, "docs", CollectionSpec.getDefaultInstance(), CONFIG));
        assertEquals(RejectionCode.INVALID_ARGUMENT, refused.code());
        assertEquals(0, control.quotas.usage(tenant.id()).collections());
        collections.create(scope, "docs", SPEC, CONFIG);
    }

    @Test
    void othersCollectionsDoNotExist() {
        collections.create(scope, "docs", SPEC, CONFIG);
        TenantScope other = Control.scope(control.tenant(), Control.LIMITS);
        assertTrue(collections.find(other, "docs").isEmpty());
        assertEquals(List.of(), collections.list(other));
        assertFalse(collections.delete(other, "docs"));
        collections.create(other, "docs", SPEC, CONFIG);
        assertEquals(2, engine.collections.size());
    }

    @Test
    void aKeyReachesOnlyItsPatterns() {
        collections.create(scope, "docs", SPEC, CONFIG);
        collections.create(scope, "secret", SPEC, CONFIG);
        TenantScope narrow = Control.scope(tenant.id(), Control.LIMITS, List.of("d*"));
        assertEquals(1, collections.list(narrow).size());
        assertTrue(collections.find(narrow, "secret").isEmpty());
        assertFalse(collections.delete(narrow, "secret"));
        assertEquals(2, collections.list(tenant.id()).size());
    }

    @Test
    void whoeverAsksAgainFinishesACreationThatWasCutShort() {
        engine.after = new EngineException(RejectionCode.UNAVAILABLE, "the answer was lost");
        assertThrows(EngineException.class, () -> collections.create(scope, "docs", SPEC, CONFIG));
        assertTrue(collections.find(scope, "docs").isEmpty());
        engine.after = null;
        CollectionHandle made = collections.create(scope, "docs", SPEC, CONFIG);
        assertEquals(List.of(made), collections.list(scope));
        assertEquals(1, engine.collections.size());
        assertEquals(1, control.quotas.usage(tenant.id()).collections());
    }

    @Test
    void whatIsStillBeingMadeCannotBeDeletedYet() {
        engine.before = new EngineException(RejectionCode.UNAVAILABLE, "the node is slow");
        assertThrows(EngineException.class, () -> collections.create(scope, "docs", SPEC, CONFIG));
        engine.before = null;
        assertFalse(collections.delete(scope, "docs"));
        // The creator comes to its end: nothing that only the engine knows is left.
        collections.create(scope, "docs", SPEC, CONFIG);
        assertTrue(collections.delete(scope, "docs"));
        assertTrue(engine.collections.isEmpty());
    }

    @Test
    void theSweeperFinishesWhatACrashLeft() {
        engine.before = new EngineException(RejectionCode.UNAVAILABLE, "the node is away");
        assertThrows(EngineException.class, () -> collections.create(scope, "created", SPEC, CONFIG));
        engine.before = null;
        collections.create(scope, "deleted", SPEC, CONFIG);
        engine.before = new EngineException(RejectionCode.UNAVAILABLE, "the node is away");
        assertThrows(EngineException.class, () -> collections.delete(scope, "deleted"));
        engine.before = null;
        assertEquals(2, control.quotas.usage(tenant.id()).collections());

        collections.sweep();
        assertTrue(collections.find(scope, "created").isEmpty(), "claimed by its creator for a while");
        control.clock.advance(Duration.ofMinutes(2));
        assertTrue(service().sweep() >= 2);
        assertEquals(
                List.of("created"),
                collections.list(scope).stream().map(CollectionHandle::name).toList());
        assertEquals(1, engine.collections.size());
        assertEquals(1, control.quotas.usage(tenant.id()).collections());
    }

    @Test
    void theSweeperGivesUpWhatTheEngineRefuses() {
        engine.before = new EngineException(RejectionCode.UNAVAILABLE, "the node is away");
        assertThrows(
                EngineException.class,
                () -> collections.create(scope, "docs", CollectionSpec.getDefaultInstance(), CONFIG));
        engine.before = null;
        control.clock.advance(Duration.ofMinutes(2));
        collections.sweep();
        assertEquals(0, control.quotas.usage(tenant.id()).collections());
        collections.create(scope, "docs", SPEC, CONFIG);
    }

    @Test
    void aLookupIsCachedUntilNewsOfTheTenant() {
        collections.create(scope, "docs", SPEC, CONFIG);
        collections.find(scope, "docs");
        long before = counted.connections();
        for (int i = 0; i < 100; i++) {
            collections.find(scope, "docs");
        }
        assertEquals(before, counted.connections());
        service().delete(scope, "docs");
        collections.onEvent(new HubEvent(EventKind.COLLECTION, tenant.id().value(), "docs"));
        assertTrue(collections.find(scope, "docs").isEmpty());
    }

    @Test
    void aChangeOfTheGraphIsSeenAtOnce() {
        CollectionHandle before = collections.create(scope, "docs", SPEC, CONFIG);
        collections.find(scope, "docs");
        HnswParams hnsw = HnswParams.newBuilder().setM(32).build();
        CollectionHandle after = collections.change(scope, "docs", current -> graph(current, hnsw));
        assertEquals(before.id(), after.id());
        assertEquals(hnsw, after.spec().getHnsw());
        assertEquals(after, collections.get(scope, "docs"));
        assertProblem(ProblemType.NOT_FOUND, () -> collections.change(scope, "none", current -> graph(current, hnsw)));
    }

    private static CollectionChange graph(CollectionHandle current, HnswParams hnsw) {
        return new CollectionChange(
                Command.newBuilder()
                        .setUpdateCollection(UpdateCollection.newBuilder().setHnsw(hnsw))
                        .build(),
                current.spec().toBuilder().setHnsw(hnsw).build(),
                "{\"hnsw_config\": {\"m\": 32}}");
    }

    /** Two gateways at once, each adding to what it finds: neither change is lost. */
    @Test
    void changesFollowEachOther() throws Exception {
        collections.create(scope, "docs", SPEC, CONFIG);
        try (ExecutorService gateways = Executors.newFixedThreadPool(2)) {
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String added = "v" + i;
                CollectionService gateway = service();
                changes.add(gateways.submit(() -> gateway.change(scope, "docs", current -> {
                    VectorParams vector =
                            VectorParams.newBuilder().setName(added).setSize(4).build();
                    return new CollectionChange(
                            Command.newBuilder()
                                    .setAddVector(AddVector.newBuilder().setVector(vector))
                                    .build(),
                            current.spec().toBuilder().addVectors(vector).build(),
                            current.configJson());
                })));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        }
        CollectionHandle after = service().get(scope, "docs");
        assertEquals(SPEC.getVectorsCount() + 8, after.spec().getVectorsCount());
    }

    private CollectionService service() {
        EngineClient client = new EngineClient(Routing.single("n1", engine));
        return new CollectionService(new Scoped(counted), control.quotas, () -> client, control.ids, control.clock);
    }
}
