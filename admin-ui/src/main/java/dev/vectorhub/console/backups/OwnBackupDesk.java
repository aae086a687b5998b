package dev.vectorhub.console.backups;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** What members do with their tenant's backups. Each call admits the viewer to the tenant anew; owners alone delete. */
@ApplicationScoped
public class OwnBackupDesk {
    private final Admissions admissions;
    private final BackupService backups;

    @Inject
    public OwnBackupDesk(Admissions admissions, BackupService backups) {
        this.admissions = admissions;
        this.backups = backups;
    }

    public List<Backup> list(Viewer viewer, TenantId tenant) {
        admissions.member(viewer, tenant);
        return backups.list(tenant);
    }

    public List<Restoration> restorations(Viewer viewer, TenantId tenant) {
        admissions.member(viewer, tenant);
        return backups.restorations(tenant);
    }

    public Backup create(Viewer viewer, TenantId tenant, String label) {
        Actor actor = admissions.member(viewer, tenant);
        return backups.request(tenant, label, actor);
    }

    public void delete(Viewer viewer, TenantId tenant, UUID backup) {
        Actor actor = admissions.owner(viewer, tenant);
        backups.delete(tenant, backup, actor);
    }

    public Restoration restoreBeside(Viewer viewer, TenantId tenant, UUID backup, String prefix) {
        Actor actor = admissions.member(viewer, tenant);
        return backups.restoreBeside(tenant, backup, prefix, actor);
    }
}
