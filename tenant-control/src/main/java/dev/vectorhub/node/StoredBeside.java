package dev.vectorhub.node;

import java.util.Map;
import java.util.UUID;

/** What this process keeps for tenants beside the points of the engine; it counts as their storage. */
@FunctionalInterface
public interface StoredBeside {

    /** Bytes by tenant. */
    Map<UUID, Long> bytes();
}
