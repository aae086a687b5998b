package dev.vectorhub.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlacementPlannerPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GIB = 1L << 30;

    @Property(tries = 500)
    void choosesTheLeastLoadedOfThoseThatCan(
            @ForAll("nodes") List<NodeCapacity> nodes, @ForAll("requests") PlacementRequest request) {
        switch (PlacementPlanner.plan(request, nodes, NOW)) {
            case PlacementDecision.Chosen chosen -> {
                NodeCapacity node = byId(nodes, chosen.node());
                assertNull(PlacementPlanner.refusal(request, node, NOW));
                for (NodeCapacity other : nodes) {
                    assertTrue(PlacementPlanner.refusal(request, other, NOW) != null
                            || PlacementPlanner.load(other) >= PlacementPlanner.load(node));
                }
            }
            case PlacementDecision.NoCapacity none -> {
                nodes.forEach(node -> assertNotNull(PlacementPlanner.refusal(request, node, NOW)));
                assertTrue(!none.reason().isBlank());
            }
        }
    }

    @Property(tries = 200)
    void theOrderOfTheNodesDoesNotMatter(
            @ForAll("nodes") List<NodeCapacity> nodes,
            @ForAll("requests") PlacementRequest request,
            @ForAll long seed) {
        List<NodeCapacity> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed));
        PlacementDecision one = PlacementPlanner.plan(request, nodes, NOW);
        PlacementDecision other = PlacementPlanner.plan(request, shuffled, NOW);
        assertEquals(one.getClass(), other.getClass());
        if (one instanceof PlacementDecision.Chosen) {
            assertEquals(one, other);
        }
    }

    @Property(tries = 50)
    void equalNodesFillEqually(@ForAll @IntRange(min = 1, max = 8) int count, @ForAll long seed) {
        Random random = new Random(seed);
        long[] placed = new long[count];
        for (int i = 0; i < count * 10; i++) {
            List<NodeCapacity> nodes = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                nodes.add(new NodeCapacity("n" + n, true, 1_000, 0, 100 * GIB, 0, 100 * GIB, placed[n], NOW));
            }
            PlacementDecision decision = PlacementPlanner.plan(
                    new PlacementRequest(
                            new TenantId(new UUID(random.nextLong(), random.nextLong())),
                            new Limits(1, 1, GIB, 1),
                            IsolationMode.NONE),
                    nodes,
                    NOW);
            String chosen =
                    assertInstanceOf(PlacementDecision.Chosen.class, decision).node();
            placed[Integer.parseInt(chosen.substring(1))]++;
        }
        for (long each : placed) {
            assertEquals(10, each);
        }
    }

    private static NodeCapacity byId(List<NodeCapacity> nodes, String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    @Provide
    Arbitrary<List<NodeCapacity>> nodes() {
        Arbitrary<NodeCapacity> node = Combinators.combine(
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.longs().between(0, 1_000),
                        Arbitraries.longs().between(0, 200 * GIB),
                        Arbitraries.longs().between(0, 200 * GIB),
                        Arbitraries.longs().between(0, PlacementPlanner.TENANTS_MAX),
                        Arbitraries.longs().between(0, 90))
                .as((id, accepting, points, disk, free, tenants, age) -> new NodeCapacity(
                        "n" + id, accepting, 1_000, points, 200 * GIB, disk, free, tenants, NOW.minusSeconds(age)));
        return node.list().ofMaxSize(6).uniqueElements(NodeCapacity::id);
    }

    @Provide
    Arbitrary<PlacementRequest> requests() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs().between(1, 1024 * GIB),
                        Arbitraries.of(IsolationMode.class))
                .as((id, bytes, mode) ->
                        new PlacementRequest(new TenantId(new UUID(id, id)), new Limits(1, 1, bytes, 1), mode));
    }
}
