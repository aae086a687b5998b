package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.collection.LiveCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the next checkpoint has to write besides the collections that changed. */
final class Changes {
    final Set<Tenant> tenants = new HashSet<>();
    final List<Tenant> gone = new ArrayList<>();
    final List<LiveCollection> goneCollections = new ArrayList<>();
    boolean tombstones;

    boolean isEmpty() {
        return tenants.isEmpty() && gone.isEmpty() && goneCollections.isEmpty() && !tombstones;
    }

    void addAll(Changes earlier) {
        tenants.addAll(earlier.tenants);
        gone.addAll(earlier.gone);
        goneCollections.addAll(earlier.goneCollections);
        tombstones |= earlier.tombstones;
    }
}
