package dev.vectorhub.plan;

import static dev.vectorhub.Control.OPERATOR;
import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanSeederIT {
    private final ControlDatabase database = ControlDatabase.fresh();
    private final Control control = new Control(database);
    private final PlanService plans = control.plans;

    private record Configured(long maxCollections) implements TenantLimitsConfig.TenantLimits {
        @Override
        public long maxVectorsPerCollection() {
            return 10_000_000;
        }

        @Override
        public long maxStorageBytes() {
            return 100;
        }

        @Override
        public long maxRequestsPerMinute() {
            return 1_000;
        }

        @Override
        public long maxInferenceTokensPerMinute() {
            return 5_000;
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEmptyConfigurationGivesTheGuidesPlansAndFree() {
        seed(IsolationMode.NONE, Map.of());
        assertEquals(
                List.of("default", "enterprise", "free"),
                plans.list().stream().map(Plan::code).toList());
        assertEquals(
                new Limits(100, 10_000_000, 107_374_182_400L, 1_000),
                plans.get("default").limits());
        assertEquals(
                new Limits(1_000, 100_000_000, 1_099_511_627_776L, 10_000, 2_000_000),
                plans.get("enterprise").limits());
    }

    @Test
    void seedingAgainChangesNothing() {
        seed(IsolationMode.STORAGE, Map.of("team", new Configured(5)));
        List<Plan> before = plans.list();
        seed(IsolationMode.STORAGE, Map.of("team", new Configured(5)));
        assertEquals(before, plans.list());
        assertTrue(before.stream().allMatch(plan -> plan.isolation() == IsolationMode.STORAGE));
    }

    @Test
    void theConfigurationWinsForThePlansThatItNames() {
        seed(IsolationMode.NONE, Map.of("default", new Configured(5)));
        assertEquals(5, plans.get("default").limits().maxCollections());
        assertEquals(PlanSource.CONFIG, plans.get("default").source());
        put("default", 50);
        assertEquals(50, plans.get("default").limits().maxCollections());
        seed(IsolationMode.NONE, Map.of("default", new Configured(5)));
        assertEquals(5, plans.get("default").limits().maxCollections());
    }

    @Test
    void anOperatorsPlanThatTheConfigurationDoesNotNameStays() {
        seed(IsolationMode.NONE, Map.of());
        put("free", 50);
        seed(IsolationMode.STORAGE, Map.of());
        assertEquals(50, plans.get("free").limits().maxCollections());
        assertEquals(IsolationMode.COLLECTION, plans.get("free").isolation());
        assertEquals(IsolationMode.STORAGE, plans.get("default").isolation());
    }

    @Test
    void aLimitOutOfRangeStopsTheStartAndNamesTheKey() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> seed(IsolationMode.NONE, Map.of("team", new Configured(0))));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("hub.tenant_limits.team: maxCollections"));
        assertEquals(List.of(), plans.list());
    }

    @Test
    void putChecksTheVersionAndTheForm() {
        seed(IsolationMode.NONE, Map.of());
        Plan plan = plans.get("free");
        PlanSpec spec = new PlanSpec("free", "Free", plan.limits(), IsolationMode.NONE);
        assertEquals(2, plans.put(spec, new Change(OPERATOR, "edit", 1L)).version());
        assertProblem(ProblemType.PRECONDITION_FAILED, () -> plans.put(spec, new Change(OPERATOR, "edit", 1L)));
        PlanSpec wrong = new PlanSpec("No Code", "", plan.limits(), IsolationMode.NONE);
        assertProblem(ProblemType.VALIDATION_FAILED, () -> plans.put(wrong, Change.by(OPERATOR, "edit")));
        assertProblem(ProblemType.VALIDATION_FAILED, () -> new Limits(1, 1, 0, Limits.MAX + 1));
        assertProblem(ProblemType.NOT_FOUND, () -> plans.get("none"));
    }

    private void put(String code, long maxCollections) {
        plans.put(
                new PlanSpec(code, code, new Limits(maxCollections, 1, 1, 1), IsolationMode.COLLECTION),
                Change.by(OPERATOR, "edit"));
    }

    private void seed(IsolationMode isolation, Map<String, TenantLimitsConfig.TenantLimits> configured) {
        new PlanSeeder(control.scoped, plans, () -> configured, isolation).seed();
    }
}
