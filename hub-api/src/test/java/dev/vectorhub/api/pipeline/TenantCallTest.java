package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.billing.usage.RequestUsage;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.TenantState;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantCallTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final UUID KEY = new UUID(3, 4);

    private final TenantCall call = new TenantCall(
            new TenantScope(
                    new TenantId(TENANT),
                    "Acme",
                    TenantState.ACTIVE,
                    IsolationMode.NONE,
                    new Limits(1, 1, 1, 1),
                    KEY,
                    Set.of(KeyScope.READ),
                    List.of(),
                    0),
            new Operation("points.search", KeyScope.READ, Access.READ, 1, OperationClass.SEARCH),
            new Arrival("id", 0));

    /** The rule: what we refused is not billed; what the caller got wrong, and what was served, is. */
    @ParameterizedTest
    @CsvSource({
        "200, true",
        "201, true",
        "304, true",
        "400, true",
        "404, true",
        "409, true",
        "422, true",
        "401, false",
        "403, false",
        "429, false",
        "500, false",
        "503, false",
        "507, false"
    })
    void whatIsBilled(int status, boolean billed) {
        assertEquals(billed, call.billed(status));
    }

    /** Else each part of the work would be given the whole of the caller's time. */
    @Test
    void theCallersTimeRunsOnFromPartToPart() {
        call.within(60);
        long first = call.patience().nanosLeft();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 1_000_000) {
            Thread.onSpinWait();
        }
        long second = call.patience().nanosLeft();
        assertTrue(second <= first - 1_000_000, () -> first + " ns, then " + second);
    }

    @Test
    void whatTheEngineReportsAddsUp() {
        call.read(10, 100);
        call.read(5, 50);
        call.wrote(7);
        call.countAs(3);
        assertEquals(
                new RequestUsage(TENANT, KEY, OperationClass.SEARCH, 3, 15, 150, 7, 11, 22, 0), call.usage(11, 22));
    }
}
