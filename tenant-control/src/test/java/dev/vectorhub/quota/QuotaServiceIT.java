package dev.vectorhub.quota;

import static dev.vectorhub.Control.OPERATOR;
import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class QuotaServiceIT {
    private final Control control = Control.shared();
    private final QuotaService quotas = control.quotas;

    @Test
    void of64CreatorsAtOnceExactlyTheLimitSucceed() throws Exception {
        int limit = 10;
        Tenant tenant = control.tenant(new Limits(limit, 1, 1, 1));
        CountDownLatch start = new CountDownLatch(1);
        int succeeded = 0;
        List<ProblemType> refusals = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> creators = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                creators.add(threads.submit(() -> {
                    start.await();
                    control.scoped.doAsTenant(tenant.id(), tx -> quotas.reserveCollections(tx, tenant.id(), 1));
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> creator : creators) {
                try {
                    creator.get();
                    succeeded++;
                } catch (ExecutionException e) {
                    refusals.add(assertInstanceOf(ProblemException.class, e.getCause())
                            .type());
                }
            }
        }
        assertEquals(limit, succeeded);
        assertEquals(
                List.of(ProblemType.QUOTA_EXCEEDED),
                refusals.stream().distinct().toList());
        assertEquals(limit, quotas.usage(tenant.id()).collections());
    }

    @Test
    void theProblemNamesLimitUsedAndRequested() {
        Tenant tenant = control.tenant(new Limits(3, 1, 1, 1));
        control.scoped.doAsTenant(tenant.id(), tx -> quotas.reserveCollections(tx, tenant.id(), 2));
        ProblemException problem = assertProblem(
                ProblemType.QUOTA_EXCEEDED,
                () -> control.scoped.doAsTenant(tenant.id(), tx -> quotas.reserveCollections(tx, tenant.id(), 2)));
        assertEquals(3L, problem.members().get("limit"));
        assertEquals(2L, problem.members().get("used"));
        assertEquals(2L, problem.members().get("requested"));
        assertEquals("max_collections", problem.members().get("quota"));
    }

    @Test
    void whatIsReleasedCanBeReservedAgain() {
        Tenant tenant = control.tenant(new Limits(1, 1, 1, 1));
        for (int i = 0; i < 3; i++) {
            control.scoped.doAsTenant(tenant.id(), tx -> quotas.reserveCollections(tx, tenant.id(), 1));
            control.scoped.doAsTenant(tenant.id(), tx -> quotas.releaseCollections(tx, tenant.id(), 1));
        }
        control.scoped.doAsTenant(tenant.id(), tx -> quotas.releaseCollections(tx, tenant.id(), 1));
        assertEquals(0, quotas.usage(tenant.id()).collections());
    }

    @Test
    void ceilingsAreThePlans() {
        Tenant tenant = control.tenant();
        var ceilings = quotas.ceilings(Control.scope(tenant, Control.LIMITS));
        assertEquals(Control.LIMITS.maxVectorsPerCollection(), ceilings.getPointsPerCollection());
        assertEquals(Control.LIMITS.maxStorageBytes(), ceilings.getTenantBytes());
    }

    @Test
    void usageStandsBesideTheLimits() {
        Tenant tenant = control.tenant();
        assertNull(quotas.usage(tenant.id()).measuredAt());
        quotas.record(List.of(new StorageReading(tenant.id(), 1_200, 800, 960_000, 2_000_000)));
        TenantUsage usage = quotas.usage(tenant.id());
        assertNotNull(usage.measuredAt());
        assertEquals(1_200, usage.points());
        assertEquals(
                List.of(QuotaLine.Level.OK, QuotaLine.Level.WARNING, QuotaLine.Level.CRITICAL),
                usage.lines().stream().map(QuotaLine::level).toList());
    }

    @Test
    void afterADowngradeTheTenantIsReadOnlyUntilItFits() {
        try (ControlDatabase own = ControlDatabase.fresh()) {
            Control fresh = new Control(own);
            Tenant tenant = fresh.tenant(new Limits(10, 1_000, 1_000_000, 60));
            Tenant bystander = fresh.tenant(new Limits(10, 1_000, 1_000_000, 60));
            fresh.quotas.record(List.of(new StorageReading(tenant.id(), 100, 100, 900_000, 900_000)));
            assertEquals(0, fresh.quotas.enforceStorage());

            String smaller = fresh.plan(new Limits(10, 1_000, 500_000, 60));
            fresh.tenants.changePlan(tenant.id(), smaller, Change.by(OPERATOR, "downgrade"));
            assertEquals(1, fresh.quotas.enforceStorage());
            assertEquals(TenantState.READ_ONLY, fresh.tenants.get(tenant.id()).state());
            assertEquals(0, fresh.quotas.enforceStorage());
            assertEquals(tenant.id(), fresh.quotas.pressure(5).getFirst().tenant());

            fresh.quotas.record(List.of(new StorageReading(tenant.id(), 50, 50, 500_000, 500_000)));
            assertEquals(1, fresh.quotas.enforceStorage());
            assertEquals(TenantState.ACTIVE, fresh.tenants.get(tenant.id()).state());
            assertEquals(TenantState.ACTIVE, fresh.tenants.get(bystander.id()).state());
            AuditEvent last = fresh.audit
                    .page(tenant.id(), new AuditQuery("tenant.transition", null), null, 1)
                    .items()
                    .getFirst();
            assertEquals("stores 500000 of 500000 bytes", last.reason());
        }
    }
}
