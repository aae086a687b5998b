package dev.vectorhub.console.backups;

import dev.vectorhub.backup.BackupService;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What members do with their tenant's backups; owners alone delete. */
@ApplicationScoped
public class OwnBackupDesk extends TenantBackupDesk {
    private final Admissions admissions;
    private final BackupService backups;

    @Inject
    public OwnBackupDesk(Admissions admissions, BackupService backups) {
        this.admissions = admissions;
        this.backups = backups;
    }

    @Override
    BackupService backups() {
        return backups;
    }

    @Override
    Actor admit(Viewer viewer, TenantId tenant) {
        return admissions.member(viewer, tenant);
    }

    @Override
    Actor admitDeletion(Viewer viewer, TenantId tenant) {
        return admissions.owner(viewer, tenant);
    }
}
