package dev.vectorhub.console.backups;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import java.util.List;
import java.util.UUID;

/** What can be done with one tenant's backups; who is admitted to it is what desks differ in. Each call admits anew. */
public abstract class TenantBackupDesk {

    abstract BackupService backups();

    /** @throws dev.vectorhub.problem.ProblemException for whoever may not see the tenant's backups */
    abstract Actor admit(Viewer viewer, TenantId tenant);

    /** @throws dev.vectorhub.problem.ProblemException for whoever may not delete one */
    abstract Actor admitDeletion(Viewer viewer, TenantId tenant);

    public List<Backup> list(Viewer viewer, TenantId tenant) {
        admit(viewer, tenant);
        return backups().list(tenant);
    }

    public List<Restoration> restorations(Viewer viewer, TenantId tenant) {
        admit(viewer, tenant);
        return backups().restorations(tenant);
    }

    public Backup create(Viewer viewer, TenantId tenant, String label) {
        return backups().request(tenant, label, admit(viewer, tenant));
    }

    public void delete(Viewer viewer, TenantId tenant, UUID backup) {
        backups().delete(tenant, backup, admitDeletion(viewer, tenant));
    }

    public Restoration restoreBeside(Viewer viewer, TenantId tenant, UUID backup, String prefix) {
        return backups().restoreBeside(tenant, backup, prefix, admit(viewer, tenant));
    }
}
