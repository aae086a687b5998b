package dev.vectorhub.api.control.isolation;

import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.tenant.IsolationMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a tenant's isolation has come true. */
@Schema(name = "Isolation")
record IsolationView(
        IsolationMode isolation,

        @Schema(
                description =
                        "SETTLED: all data lies so; MOVING: some is still to be moved; HINDERED: tried again later")
        IsolationProgress.State state,

        Moved collections,
        Moved points,

        @Schema(description = "Why it does not go on; for operators") @Nullable
        String problem,

        @Schema(description = "Tries in vain since the node last obeyed")
        int attempts,

        @Schema(description = "What the tenant's plan permits")
        List<IsolationMode> permitted,

        Instant requestedAt,
        @Nullable Instant observedAt) {

    /** So many of so many lie where the isolation wants them. */
    @Schema(name = "Moved")
    record Moved(long done, long total) {}

    static IsolationView forOperator(IsolationProgress progress, Set<IsolationMode> permitted) {
        return of(progress, permitted, progress.problem());
    }

    /** Without the cause of a problem: it names files of the hub. */
    static IsolationView forTenant(IsolationProgress progress, Set<IsolationMode> permitted) {
        return of(progress, permitted, null);
    }

    private static IsolationView of(
            IsolationProgress progress, Set<IsolationMode> permitted, @Nullable String problem) {
        return new IsolationView(
                progress.wanted(),
                progress.state(),
                new Moved(progress.collectionsMoved(), progress.collections()),
                new Moved(progress.pointsMoved(), progress.points()),
                problem,
                progress.attempts(),
                permitted.stream().sorted().toList(),
                progress.requestedAt(),
                progress.observedAt());
    }
}
