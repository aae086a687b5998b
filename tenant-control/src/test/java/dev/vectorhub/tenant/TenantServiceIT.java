package dev.vectorhub.tenant;

import static dev.vectorhub.Control.OPERATOR;
import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantServiceIT {
    private final Control control = Control.shared();
    private final TenantService tenants = control.tenants;

    @Test
    void aNewTenantTakesItsPlansIsolationUnlessItAsksForAnother() {
        String plan = control.plan(Control.LIMITS);
        Tenant byPlan = tenants.create(
                new NewTenant("  Acme ", null, "a@acme.example", plan, null, TenantState.PENDING), OPERATOR);
        assertEquals("Acme", byPlan.organisation());
        assertEquals(IsolationMode.NONE, byPlan.isolation());
        assertEquals(TenantState.PENDING, byPlan.state());
        assertEquals(1, byPlan.version());
        Tenant own = tenants.create(
                new NewTenant("Acme", null, null, plan, IsolationMode.STORAGE, TenantState.PROVISIONING), OPERATOR);
        assertEquals(IsolationMode.STORAGE, own.isolation());
        assertProblem(
                ProblemType.VALIDATION_FAILED,
                () -> tenants.create(
                        new NewTenant("Acme", null, null, "no-such-plan", null, TenantState.PENDING), OPERATOR));
    }

    @Test
    void everyTransitionIsAuditedWithActorAndReason() {
        Tenant tenant = control.tenant();
        tenants.suspend(tenant.id(), Change.by(OPERATOR, "invoice 7 is unpaid"));
        AuditEvent event = control.audit
                .page(tenant.id(), new AuditQuery("tenant.transition", null), null, 10)
                .items()
                .getFirst();
        assertEquals(OPERATOR, event.actor());
        assertEquals("invoice 7 is unpaid", event.reason());
        assertEquals("ACTIVE", event.detail().get("from"));
        assertEquals("SUSPENDED", event.detail().get("to"));
        assertEquals(tenant.id(), event.tenant());
    }

    @Test
    void aFailedAuditTakesTheTransitionBack() {
        Tenant tenant = control.tenant();
        assertThrows(
                IllegalStateException.class,
                () -> control.scoped.doAsSystem(tx -> {
                    tenants.transition(tx, tenant.id(), TenantState.SUSPENDED, Change.by(OPERATOR, "x"));
                    throw new IllegalStateException("later in the same transaction");
                }));
        assertEquals(TenantState.ACTIVE, tenants.get(tenant.id()).state());
        assertFalse(control.audit.page(tenant.id(), AuditQuery.all(), null, 100).items().stream()
                .anyMatch(event -> "SUSPENDED".equals(event.detail().get("to"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = TenantState.class,
            names = {"ACTIVE", "READ_ONLY"})
    void resumeLeadsBackToWhereTheTenantWas(TenantState before) {
        Tenant tenant = control.tenant();
        if (before != TenantState.ACTIVE) {
            tenants.transition(tenant.id(), before, Change.by(OPERATOR, "test"));
        }
        tenants.suspend(tenant.id(), Change.by(OPERATOR, "abuse"));
        assertEquals(
                before,
                tenants.resume(tenant.id(), Change.by(OPERATOR, "settled")).state());
        assertProblem(ProblemType.CONFLICT, () -> tenants.resume(tenant.id(), Change.by(OPERATOR, "again")));
    }

    @Test
    void aDeletionCanBeTakenBackUntilTheGraceEnds() {
        Tenant tenant = control.tenant();
        tenants.suspend(tenant.id(), Change.by(OPERATOR, "unpaid"));
        Tenant deleting = tenants.delete(tenant.id(), Change.by(OPERATOR, "asked to"), 7);
        assertEquals(TenantState.DELETING, deleting.state());
        assertEquals(control.clock.instant().plus(Duration.ofDays(7)), deleting.eraseAfter());
        Tenant restored = tenants.restore(tenant.id(), Change.by(OPERATOR, "changed their mind"));
        assertEquals(TenantState.SUSPENDED, restored.state());
        assertNull(restored.eraseAfter());
        assertEquals(
                TenantState.ACTIVE,
                tenants.resume(tenant.id(), Change.by(OPERATOR, "paid")).state());
        assertProblem(ProblemType.VALIDATION_FAILED, () -> tenants.delete(tenant.id(), Change.by(OPERATOR, "now"), 6));
        assertProblem(
                ProblemType.VALIDATION_FAILED, () -> tenants.delete(tenant.id(), Change.by(OPERATOR, "late"), 31));
    }

    @Test
    void erasureLeavesNoNameAndNoKeyBehind() {
        try (ControlDatabase own = ControlDatabase.fresh()) {
            Control fresh = new Control(own);
            Tenant tenant = fresh.tenant();
            fresh.keys.issue(tenant.id(), new NewKey("k", Set.of(KeyScope.READ), List.of(), null), OPERATOR);
            fresh.tenants.delete(tenant.id(), Change.by(OPERATOR, "asked to"), 7);
            assertEquals(List.of(), fresh.tenants.dueForErasure(10));
            fresh.clock.advance(Duration.ofDays(7));
            assertEquals(tenant.id(), fresh.tenants.dueForErasure(10).getFirst().id());
            Tenant gone =
                    fresh.tenants.transition(tenant.id(), TenantState.DELETED, Change.by(OPERATOR, "grace is over"));
            assertEquals("deleted-" + tenant.id(), gone.organisation());
            assertNull(gone.contactEmail());
            assertEquals(List.of(), fresh.keys.page(tenant.id(), null, 10).items());
            assertFalse(fresh.audit
                    .page(tenant.id(), AuditQuery.all(), null, 100)
                    .items()
                    .isEmpty());
            assertProblem(
                    ProblemType.CONFLICT, () -> fresh.tenants.restore(tenant.id(), Change.by(OPERATOR, "too late")));
        }
    }

    @Test
    void aVersionThatIsPastIsRefused() {
        Tenant tenant = control.tenant();
        Change stale = new Change(OPERATOR, "stale", tenant.version() - 1);
        assertProblem(ProblemType.PRECONDITION_FAILED, () -> tenants.suspend(tenant.id(), stale));
        Change current = new Change(OPERATOR, "current", tenant.version());
        assertEquals(tenant.version() + 1, tenants.suspend(tenant.id(), current).version());
    }

    @Test
    void ofManyChangesOnOneVersionOneWins() throws Exception {
        Tenant tenant = control.tenant();
        String plan = control.plan(Control.LIMITS);
        Change change = new Change(OPERATOR, "race", tenant.version());
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tenant>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> tenants.changePlan(tenant.id(), plan, change)));
            }
            for (Future<Tenant> one : all) {
                try {
                    one.get();
                    won++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertNotNull(e.getCause());
                }
            }
        }
        assertEquals(1, won);
    }

    @Test
    void thePlansOfATenantAreRemembered() {
        String first = control.plan(Control.LIMITS);
        String second = control.plan(Control.LIMITS);
        Tenant tenant =
                tenants.create(new NewTenant("Acme", null, null, first, null, TenantState.PROVISIONING), OPERATOR);
        Instant made = tenant.createdAt();
        control.clock.advance(Duration.ofMinutes(90));
        tenants.changePlan(tenant.id(), second, Change.by(OPERATOR, "grew"));
        tenants.transition(tenant.id(), TenantState.ACTIVE, Change.by(OPERATOR, "placed"));
        assertEquals(
                List.of(new PlanSince(first, made), new PlanSince(second, made.plus(Duration.ofMinutes(90)))),
                tenants.plans(tenant.id()));
    }

    @Test
    void aMissingTenantIsNotFound() {
        TenantId nobody = new TenantId(UUID.randomUUID());
        assertProblem(ProblemType.NOT_FOUND, () -> tenants.get(nobody));
        assertProblem(ProblemType.NOT_FOUND, () -> tenants.suspend(nobody, Change.by(OPERATOR, "x")));
        assertTrue(tenants.find(nobody).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(TenantQuery.Sort.class)
    void pagesTogetherAreTheWholeListInOrder(TenantQuery.Sort sort) {
        String plan = control.plan(Control.LIMITS);
        List<Tenant> all = new ArrayList<>();
        for (String name : List.of("delta", "Alpha", "charlie", "Bravo", "alpha", "Échelon", "echo")) {
            all.add(tenants.create(new NewTenant(name, null, null, plan, null, TenantState.PENDING), OPERATOR));
            control.clock.advance(Duration.ofMillis(1));
        }
        TenantQuery query = new TenantQuery(null, TenantState.PENDING, plan, sort);
        List<Tenant> read = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            Page<Tenant> page = tenants.page(query, cursor, 3);
            assertTrue(page.items().size() <= 3);
            read.addAll(page.items());
            cursor = page.next();
            pages++;
        } while (cursor != null);
        assertEquals(3, pages);
        assertEquals(all.size(), Set.copyOf(read).size());
        if (sort == TenantQuery.Sort.OLDEST || sort == TenantQuery.Sort.NEWEST) {
            Comparator<Tenant> oldest = Comparator.comparing(Tenant::createdAt);
            all.sort(sort == TenantQuery.Sort.OLDEST ? oldest : oldest.reversed());
            assertEquals(all, read);
        }
    }

    @Test
    void filtersFindPartsOfNamesAndNothingElse() {
        String plan = control.plan(Control.LIMITS);
        Tenant percent = tenants.create(
                new NewTenant("100%_Sure", null, "Who@Sure.example", plan, null, TenantState.PENDING), OPERATOR);
        tenants.create(new NewTenant("100 Surely", null, null, plan, null, TenantState.PENDING), OPERATOR);
        assertEquals(List.of(percent), find("0%_s", plan));
        assertEquals(List.of(percent), find("who@sure", plan));
        assertEquals(List.of(percent), find(percent.id().toString(), plan));
        assertEquals(2, find("sure", plan).size());
        assertEquals(2, find("su", plan).size(), "shorter than what the index has");
        assertEquals(List.of(), find("su\nre", plan));
    }

    private List<Tenant> find(String text, String plan) {
        return tenants.page(new TenantQuery(text, null, plan, TenantQuery.Sort.NEWEST), null, 10)
                .items();
    }
}
