package dev.vectorhub.snapshot;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Removes the snapshots of tenants that have been erased. */
@Singleton
public class SnapshotSweeper {
    private final SnapshotFolder folder;
    private final TenantService tenants;

    SnapshotSweeper(SnapshotFolder folder, TenantService tenants) {
        this.folder = folder;
        this.tenants = tenants;
    }

    /** One round, for a worker; returns how many tenants it removed. */
    public int runOnce() {
        int removed = 0;
        for (UUID tenant : folder.bytes().keySet()) {
            if (erased(new TenantId(tenant))) {
                try {
                    folder.erase(tenant);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                removed++;
            }
        }
        return removed;
    }

    /** A tenant that is not known is left alone: the folder may have been put beside another database by mistake. */
    private boolean erased(TenantId tenant) {
        try {
            return tenants.get(tenant).state() == TenantState.DELETED;
        } catch (ProblemException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
