package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.problem.ProblemException;
import org.junit.jupiter.api.Test;

class EngineProblemsTest {

    /** What a backlog or a full queue is to a client: 503, with the time to wait. */
    @Test
    void anEngineUnderPressureSaysWhenToTryAgain() {
        EngineException refused = new EngineException(RejectionCode.UNAVAILABLE, "indexing lags behind");
        ApiError error = ApiError.of((ProblemException) EngineProblems.of(refused));
        assertEquals(503, error.status());
        assertEquals(1L, error.retryAfterSeconds());
    }

    @Test
    void damageIsToldByTheFilesNameAndNotByItsPlace() {
        EngineException damaged = new EngineException(
                RejectionCode.UNAVAILABLE, "/var/lib/hub/tenants/tenant_7/collections/9/segment-12 fails its checksum");
        assertEquals(
                "The engine cannot serve the tenant now: segment-12 fails its checksum",
                ApiError.of((ProblemException) EngineProblems.of(damaged)).detail());
    }

    @Test
    void whatWaitingDoesNotMendSaysNoTime() {
        EngineException full = new EngineException(RejectionCode.STORAGE_FULL, "full");
        ApiError error = ApiError.of((ProblemException) EngineProblems.of(full));
        assertEquals(507, error.status());
        assertNull(error.retryAfterSeconds());
    }
}
