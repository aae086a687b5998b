package dev.vectorhub.engine.core;

import java.util.List;

/** Which points a command is about. */
public sealed interface PointSelector {
    /** These, where they exist; a repeated id counts once. */
    record Ids(List<PointId> ids) implements PointSelector {
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /** Those that match. */
    record Matching(Filter filter) implements PointSelector {}
}
