package dev.vectorhub.collection;

import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.Control;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.client.Routing;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A collection that is filled beside another one takes its name whole, or leaves no trace. */
class CollectionReplacementIT {
    private static final CollectionSpec SPEC = CollectionSpec.newBuilder()
            .addVectors(VectorParams.newBuilder().setSize(4))
            .build();
    private static final String OLD = "{\"is\": \"old\"}";
    private static final String NEW = "{\"is\": \"new\"}";

    private final Control control = Control.shared();
    private final FakeEngine engine = new FakeEngine();
    private final EngineClient client = new EngineClient(Routing.single("n1", engine));
    private final CollectionService collections =
            new CollectionService(control.scoped, control.quotas, () -> client, control.ids, control.clock);
    private final CollectionReplacement replacement =
            new CollectionReplacement(control.scoped, control.quotas, collections, control.ids, control.clock);
    private final Limits limits = new Limits(2, 10, 10, 10);
    private final Tenant tenant = control.tenant(limits);
    private final TenantScope scope = Control.scope(tenant, limits);

    private void fill(UUID id, Runnable atWork) {
        engine.collections.put(bytes(id), SPEC);
    }

    private static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    private String shown(String name) {
        return collections.find(scope, name).map(CollectionHandle::configJson).orElse("none");
    }

    private long counted() {
        return control.quotas.usage(tenant.id()).collections();
    }

    @Test
    void takesNameAndAliasesAtOneStroke() throws IOException {
        collections.create(scope, "docs", SPEC, OLD);
        collections.create(scope, "other", SPEC, OLD);
        AliasService aliases = new AliasService(control.scoped, collections, control.clock);
        aliases.change(scope, List.of(new AliasAction.Create("docs", "live")));
        CollectionHandle made = replacement.replace(scope, "docs", SPEC, NEW, (id, atWork) -> {
            fill(id, atWork);
            assertEquals(OLD, shown("docs"), "until it is whole");
            assertEquals(2, collections.list(scope).size());
        });
        assertEquals(made.id(), collections.find(scope, "docs").orElseThrow().id());
        assertEquals(NEW, shown("docs"));
        assertEquals(NEW, shown("live"));
        assertEquals(2, counted());
        assertEquals(2, engine.collections.size());
        // No room for a third, but for another in the place of the first.
        assertProblem(ProblemType.QUOTA_EXCEEDED, () -> replacement.replace(scope, "third", SPEC, NEW, this::fill));
        assertProblem(ProblemType.CONFLICT, () -> replacement.replace(scope, "live", SPEC, NEW, this::fill));
        collections.delete(scope, "other");
        replacement.replace(scope, "third", SPEC, NEW, this::fill);
        assertEquals(2, counted());
    }

    @Test
    void whatFailsLeavesNoTrace() {
        collections.create(scope, "docs", SPEC, OLD);
        for (String name : List.of("docs", "new")) {
            IOException failed = assertThrows(
                    IOException.class,
                    () -> replacement.replace(scope, name, SPEC, NEW, (id, atWork) -> {
                        fill(id, atWork);
                        throw new IOException("damaged");
                    }));
            assertEquals("damaged", failed.getMessage());
        }
        assertEquals(OLD, shown("docs"));
        assertEquals("none", shown("new"));
        assertEquals(1, counted());
        assertEquals(1, engine.collections.size());
    }

    @Test
    void workThatIsTakenForAbandonedDoesNotTakeTheName() {
        collections.create(scope, "docs", SPEC, OLD);
        assertProblem(
                ProblemType.UNAVAILABLE,
                () -> replacement.replace(scope, "docs", SPEC, NEW, (id, atWork) -> {
                    fill(id, atWork);
                    control.clock.advance(Duration.ofMinutes(6));
                    assertTrue(collections.sweep() >= 1);
                    assertFalse(engine.collections.containsKey(bytes(id)));
                }));
        assertEquals(OLD, shown("docs"));
        assertEquals(1, counted());
    }

    @Test
    void longWorkKeepsItsClaim() throws IOException {
        collections.create(scope, "docs", SPEC, OLD);
        replacement.replace(scope, "docs", SPEC, NEW, (id, atWork) -> {
            fill(id, atWork);
            for (int i = 0; i < 5; i++) {
                control.clock.advance(Duration.ofMinutes(4));
                atWork.run();
                collections.sweep();
                assertTrue(engine.collections.containsKey(bytes(id)));
            }
        });
        assertEquals(NEW, shown("docs"));
        assertEquals(1, counted());
    }

    @Test
    void theNameMayHaveBecomeFreeMeanwhile() throws IOException {
        collections.create(scope, "docs", SPEC, OLD);
        replacement.replace(scope, "docs", SPEC, NEW, (id, atWork) -> {
            fill(id, atWork);
            collections.delete(scope, "docs");
        });
        assertEquals(NEW, shown("docs"));
        assertEquals(1, counted());
    }
}
