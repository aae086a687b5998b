package dev.vectorhub.console.backups;

import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** What operators do with a tenant's backups. */
@ApplicationScoped
public class BackupDesk extends TenantBackupDesk {
    private final Admissions admissions;
    private final BackupService backups;
    private final TenantService tenants;

    @Inject
    public BackupDesk(Admissions admissions, BackupService backups, TenantService tenants) {
        this.admissions = admissions;
        this.backups = backups;
        this.tenants = tenants;
    }

    @Override
    BackupService backups() {
        return backups;
    }

    @Override
    Actor admit(Viewer viewer, TenantId tenant) {
        return admissions.operator(viewer);
    }

    @Override
    Actor admitDeletion(Viewer viewer, TenantId tenant) {
        return admissions.operator(viewer);
    }

    /** The new tenant has the plan and the isolation of the one that was backed up. */
    public Restoration restoreAsTenant(Viewer viewer, TenantId tenant, UUID backup, String organisation) {
        Actor actor = admissions.operator(viewer);
        Tenant origin = tenants.get(tenant);
        return backups.restoreAsTenant(
                backup,
                new NewTenant(
                        organisation,
                        null,
                        origin.contactEmail(),
                        origin.plan(),
                        origin.isolation(),
                        TenantState.PROVISIONING),
                actor);
    }
}
