package dev.vectorhub.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.console.overview.AttentionRules.TenantFact;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final EngineNode WELL = node(0.4, NOW.minusSeconds(2));

    @Test
    void nothingIsSaidWhereAllIsWell() {
        assertEquals(
                List.of(),
                AttentionRules.of(
                        List.of(
                                tenant(TenantState.ACTIVE, Duration.ofDays(1), 0.79),
                                tenant(TenantState.PROVISIONING, Duration.ofSeconds(20), 0),
                                tenant(TenantState.SUSPENDED, Duration.ofDays(9), 0.99)),
                        List.of(WELL),
                        NOW));
    }

    @Test
    void aHubWithoutANodeIsCritical() {
        Attention found = AttentionRules.of(List.of(), List.of(), NOW).getFirst();
        assertTrue(found.critical());
        assertEquals("/nodes", found.link());
    }

    @Test
    void silentNodesAreToldApartFromFullOnes() {
        assertTrue(only(node(0.1, NOW.minusSeconds(31))).what().endsWith("is silent"));
        assertTrue(only(node(0.1, null)).why().startsWith("It never answered"));
        Attention filling = only(node(0.86, NOW));
        assertFalse(filling.critical());
        assertTrue(filling.what().endsWith("is 86 % full"));
        assertTrue(only(node(0.96, NOW)).critical());
    }

    @Test
    void tenantsAreListedWithTheirPageAndTheWorstFirst() {
        TenantFact near = tenant(TenantState.ACTIVE, Duration.ofDays(1), 0.81);
        TenantFact over = tenant(TenantState.READ_ONLY, Duration.ofHours(1), 1.1);
        TenantFact stuck = tenant(TenantState.PROVISIONING, Duration.ofMinutes(6), 0);
        List<Attention> found = AttentionRules.of(List.of(near, over, stuck), List.of(WELL), NOW);
        assertEquals(
                List.of(true, true, false),
                found.stream().map(Attention::critical).toList());
        assertEquals("/tenants/" + near.tenant().id(), found.getLast().link());
        assertTrue(found.getLast().what().contains("81 %"));
    }

    private static Attention only(EngineNode node) {
        List<Attention> found = AttentionRules.of(List.of(), List.of(node), NOW);
        assertEquals(1, found.size());
        return found.getFirst();
    }

    @Test
    void damageIsNamedWithItsFile() {
        Attention damaged = only(node(0.1, NOW, List.of("collection 7: slab-3 fails its checksum")));
        assertTrue(damaged.critical());
        assertTrue(damaged.why().contains("slab-3"));
    }

    private static EngineNode node(double share, @Nullable Instant heartbeat) {
        return node(share, heartbeat, List.of());
    }

    private static EngineNode node(double share, @Nullable Instant heartbeat, List<String> quarantined) {
        return new EngineNode(
                "n1",
                "embedded",
                NodeState.ACTIVE,
                1_000,
                1_000,
                1,
                1,
                1,
                10,
                Math.round(share * 1_000),
                1,
                "scalar",
                quarantined,
                quarantined.size(),
                0,
                heartbeat,
                null);
    }

    private static TenantFact tenant(TenantState state, Duration since, double share) {
        Instant at = NOW.minus(since);
        return new TenantFact(
                new Tenant(
                        new TenantId(UUID.randomUUID()),
                        "Acme",
                        null,
                        null,
                        state,
                        at,
                        null,
                        "free",
                        IsolationMode.NONE,
                        null,
                        1,
                        at,
                        at),
                share);
    }
}
