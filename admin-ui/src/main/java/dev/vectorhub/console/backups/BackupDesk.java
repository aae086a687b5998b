package dev.vectorhub.console.backups;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** What operators do with a tenant's backups. Each call admits the viewer as an operator anew. */
@ApplicationScoped
public class BackupDesk {
    private final Admissions admissions;
    private final BackupService backups;
    private final TenantService tenants;

    @Inject
    public BackupDesk(Admissions admissions, BackupService backups, TenantService tenants) {
        this.admissions = admissions;
        this.backups = backups;
        this.tenants = tenants;
    }

    public List<Backup> list(Viewer viewer, TenantId tenant) {
        admissions.operator(viewer);
        return backups.list(tenant);
    }

    public List<Restoration> restorations(Viewer viewer, TenantId tenant) {
        admissions.operator(viewer);
        return backups.restorations(tenant);
    }

    public Backup create(Viewer viewer, TenantId tenant, String label) {
        Actor actor = admissions.operator(viewer);
        return backups.request(tenant, label, actor);
    }

    public void delete(Viewer viewer, TenantId tenant, UUID backup) {
        Actor actor = admissions.operator(viewer);
        backups.delete(tenant, backup, actor);
    }

    public Restoration restoreBeside(Viewer viewer, TenantId tenant, UUID backup, String prefix) {
        Actor actor = admissions.operator(viewer);
        return backups.restoreBeside(tenant, backup, prefix, actor);
    }

    /** The new tenant has the plan and the isolation of the one that was backed up. */
    public Restoration restoreAsTenant(Viewer viewer, TenantId tenant, UUID backup, String organisation) {
        Actor actor = admissions.operator(viewer);
        var origin = tenants.get(tenant);
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
