package dev.vectorhub.placement;

import dev.vectorhub.tenant.IsolationMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a tenant's data is on its way to where its isolation wants it.
 *
 * @param collections of the tenant; those that lie where they should are moved, whether they ever had to
 * @param attempts how often the node was told in vain since it last obeyed
 * @param problem why it does not go on, for operators; null if it does
 * @param requestedAt when the placement changed last
 * @param observedAt when the node was looked at last; null if never
 */
public record IsolationProgress(
        IsolationMode wanted,
        State state,
        long collections,
        long collectionsMoved,
        long points,
        long pointsMoved,
        int attempts,
        @Nullable String problem,
        Instant requestedAt,
        @Nullable Instant observedAt) {

    public enum State {
        /** Everything lies as the isolation wants it. */
        SETTLED,
        MOVING,
        /** It is tried again, and again later; {@link IsolationProgress#problem} says why. */
        HINDERED
    }

    /** The same with another reason why it does not go on. */
    public IsolationProgress because(String reason) {
        return new IsolationProgress(
                wanted,
                state,
                collections,
                collectionsMoved,
                points,
                pointsMoved,
                attempts,
                reason,
                requestedAt,
                observedAt);
    }

    public static IsolationProgress of(PlacementView view) {
        Placement placement = view.placement();
        Assignment seen = view.assignment();
        if (seen == null) {
            return new IsolationProgress(
                    placement.isolation(),
                    view.lastError() == null ? State.MOVING : State.HINDERED,
                    0,
                    0,
                    0,
                    0,
                    view.attempts(),
                    view.lastError(),
                    placement.updatedAt(),
                    null);
        }
        boolean told = seen.generation() == placement.generation() && seen.isolation() == placement.isolation();
        String problem = view.lastError() != null ? view.lastError() : seen.fault();
        State state =
                told && seen.collectionsToMove() == 0 ? State.SETTLED : problem == null ? State.MOVING : State.HINDERED;
        return new IsolationProgress(
                placement.isolation(),
                state,
                seen.collections(),
                // of an older wish nothing is known: all may have to move
                told ? seen.collections() - seen.collectionsToMove() : 0,
                seen.points(),
                told ? seen.points() - seen.pointsToMove() : 0,
                view.attempts(),
                state == State.SETTLED ? null : problem,
                placement.updatedAt(),
                seen.observedAt());
    }
}
