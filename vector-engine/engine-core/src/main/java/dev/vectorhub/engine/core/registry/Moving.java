package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Move;
import dev.vectorhub.engine.core.storage.Layout;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tenants whose isolation has changed, until their collections lie where it wants them. */
final class Moving {
    private static final System.Logger LOG = System.getLogger(Moving.class.getName());

    /** What one checkpoint moves at most, unless a single collection is larger: it must not take too long. */
    private static final long BYTES_MAX = 256L << 20;

    private static final int COLLECTIONS_MAX = 256;

    private final Set<Tenant> tenants = ConcurrentHashMap.newKeySet();

    void add(Tenant tenant) {
        if (!tenant.isDropped() && tenant.misplaced() > 0) {
            tenants.add(tenant);
        }
    }

    boolean isEmpty() {
        return tenants.isEmpty();
    }

    boolean has(Tenant tenant) {
        return tenants.contains(tenant);
    }

    /** Some collections to be moved by the checkpoint that begins; each {@link Move} has to be ended. */
    List<Move> begin() {
        List<Move> moves = new ArrayList<>();
        long bytes = 0;
        for (Tenant tenant : List.copyOf(tenants)) {
            if (tenant.isDropped() || tenant.misplaced() == 0) {
                tenants.remove(tenant);
                continue;
            }
            for (LiveCollection collection : tenant.collections()) {
                if (moves.size() == COLLECTIONS_MAX || bytes > BYTES_MAX) {
                    return moves;
                }
                if (tenant.isMisplaced(collection) && ready(collection)) {
                    Move move = Move.begin(collection, tenant.isolation(collection.config()));
                    if (move != null) {
                        bytes += collection.diskBytes();
                        moves.add(move);
                    }
                }
            }
        }
        return moves;
    }

    private static boolean ready(LiveCollection collection) {
        try {
            return collection.ensureLoaded();
        } catch (StoreException e) {
            return false;
        }
    }

    /** After the checkpoint, complete or failed. */
    static void end(Registry registry, List<Move> moves, boolean committed) {
        for (Move move : moves) {
            for (Path directory : move.leftovers(committed)) {
                try {
                    Optional<Path> left = registry.detachUnlessHome(move.collection(), directory);
                    if (left.isPresent()) {
                        Layout.erase(left.get());
                    }
                } catch (IOException | StoreException e) {
                    LOG.log(Level.WARNING, directory + " is left for the next start to erase", e);
                }
            }
            move.end();
        }
    }
}
