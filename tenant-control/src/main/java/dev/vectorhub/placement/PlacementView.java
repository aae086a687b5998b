package dev.vectorhub.placement;

import org.jspecify.annotations.Nullable;

/**
 * How far a placement has come.
 *
 * @param assignment what was observed last; null if nothing ever was
 * @param attempts how often the open work was tried; 0 if there is none
 * @param lastError why the last try failed; null if it did not
 */
public record PlacementView(
        Placement placement,
        @Nullable Assignment assignment,
        int attempts,
        @Nullable String lastError) {

    PlacementView with(@Nullable Assignment observed) {
        return new PlacementView(placement, observed, attempts, lastError);
    }
}
