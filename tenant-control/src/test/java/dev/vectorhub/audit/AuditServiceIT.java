package dev.vectorhub.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditServiceIT {
    private final Control control = Control.shared();
    private final Tenant tenant = control.tenant();

    @Test
    void whatIsWrittenIsReadBackWhole() {
        Actor key = Actor.key(control.ids.next());
        control.audit.record(new AuditEntry(
                AuditAction.MEMBER_REMOVE,
                key,
                tenant.id(),
                "member",
                "m-1",
                Outcome.FAILURE,
                "the last owner stays",
                Map.of("role", "owner", "quote", "\"'\\")));
        AuditEvent read = control.audit
                .page(tenant.id(), new AuditQuery("member.remove", key.id()), null, 10)
                .items()
                .getFirst();
        assertEquals(key, read.actor());
        assertEquals(Outcome.FAILURE, read.outcome());
        assertEquals("the last owner stays", read.reason());
        assertEquals(Map.of("role", "owner", "quote", "\"'\\"), read.detail());
        assertEquals(control.clock.instant(), read.time());
    }

    @Test
    void pagesAreNewestFirstAndComplete() {
        for (int i = 0; i < 7; i++) {
            record("node-" + i);
            control.clock.advance(Duration.ofMillis(2));
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Page<AuditEvent> page = control.audit.page(tenant.id(), new AuditQuery("node.change", null), cursor, 3);
            page.items().forEach(event -> read.add(event.targetId()));
            cursor = page.next();
        } while (cursor != null);
        assertEquals(List.of("node-6", "node-5", "node-4", "node-3", "node-2", "node-1", "node-0"), read);
    }

    @Test
    void tenantsSeeTheirsAndOperatorsAll() {
        try (ControlDatabase own = ControlDatabase.fresh()) {
            Control fresh = new Control(own);
            Tenant first = fresh.tenant();
            Tenant second = fresh.tenant();
            assertTrue(fresh.audit.page(first.id(), AuditQuery.all(), null, 100).items().stream()
                    .allMatch(event -> first.id().equals(event.tenant())));
            List<AuditEvent> all =
                    fresh.audit.pageOfAll(AuditQuery.all(), null, 100).items();
            assertTrue(all.stream().anyMatch(event -> second.id().equals(event.tenant())));
            // The plan's row belongs to nobody: only operators see it.
            assertTrue(all.stream()
                    .anyMatch(event -> event.tenant() == null && event.action().equals("plan.put")));
        }
    }

    @Test
    void theShapeIsOcsfs() {
        record("node-1");
        AuditEvent event = control.audit
                .page(tenant.id(), new AuditQuery("node.change", null), null, 1)
                .items()
                .getFirst();
        Map<String, Object> ocsf = event.toOcsf();
        assertEquals(3, ocsf.get("category_uid"));
        assertEquals(3004, ocsf.get("class_uid"));
        assertEquals(300403L, ocsf.get("type_uid"));
        assertEquals(1, ocsf.get("status_id"));
        assertNotNull(ocsf.get("time"));
        assertNull(ocsf.get("message"));
    }

    private void record(String node) {
        control.audit.record(
                AuditEntry.success(AuditAction.NODE, Actor.system("test"), tenant.id(), "node", node, null, Map.of()));
    }
}
