package dev.vectorhub.api.qdrant;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.Patience;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WriteOutcomeTest {

    private static final Patience SHORT = Patience.of(0, () -> true);
    private static final QueryParams.Write WAIT = new QueryParams.Write(true, SHORT, 0);
    private static final QueryParams.Write NO_WAIT = new QueryParams.Write(false, SHORT, 0);

    private static CompletableFuture<CommandResult> rejected(RejectionCode code) {
        return CompletableFuture.completedFuture(CommandResult.newBuilder()
                .setRejection(Rejection.newBuilder().setCode(code).setMessage("no"))
                .build());
    }

    @Test
    void aWriteIsCompletedAcknowledgedOrStillUnderWay() {
        CompletableFuture<CommandResult> applied = CompletableFuture.completedFuture(
                CommandResult.newBuilder().setLogIndex(7).setPointsAffected(3).build());
        assertEquals(new WriteOutcome("completed", 7, 3), TenantEngine.outcome(applied, "c", WAIT));
        assertSame(WriteOutcome.ACKNOWLEDGED, TenantEngine.outcome(applied, "c", NO_WAIT));
        assertSame(WriteOutcome.WAIT_TIMEOUT, TenantEngine.outcome(new CompletableFuture<>(), "c", WAIT));
    }

    @Test
    void aRefusalIsTheEnginesOwn() {
        for (RejectionCode code :
                new RejectionCode[] {RejectionCode.POINT_CEILING, RejectionCode.BYTE_CEILING, RejectionCode.STORAGE_FULL
                }) {
            EngineException refused =
                    assertThrows(EngineException.class, () -> TenantEngine.outcome(rejected(code), "c", WAIT));
            assertEquals(code, refused.code());
        }
    }

    @Test
    void aCollectionThatWentAwayIsMissing() {
        assertEquals(
                "404 Not found: Collection `c` doesn't exist!",
                error(() -> TenantEngine.outcome(rejected(RejectionCode.NOT_FOUND), "c", WAIT)));
    }

    @Test
    void aFullQueueIsTheEnginesOwnErrorHoweverWrapped() {
        EngineException full = new EngineException(RejectionCode.UNAVAILABLE, "too many commands are pending");
        assertSame(
                full,
                assertThrows(
                        EngineException.class,
                        () -> TenantEngine.outcome(
                                CompletableFuture.failedFuture(new CompletionException(full)), "c", NO_WAIT)));
        assertThrows(
                IllegalStateException.class,
                () -> TenantEngine.outcome(CompletableFuture.failedFuture(new OutOfMemoryError("x")), "c", WAIT));
    }
}
