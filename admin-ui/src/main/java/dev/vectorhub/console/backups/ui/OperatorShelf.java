package dev.vectorhub.console.backups.ui;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.backups.BackupDesk;
import dev.vectorhub.console.backups.Shelf;
import dev.vectorhub.tenant.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A tenant's backups for operators. */
public final class OperatorShelf implements Shelf {
    private final BackupDesk desk;
    private final TenantId tenant;

    public OperatorShelf(BackupDesk desk, TenantId tenant) {
        this.desk = desk;
        this.tenant = tenant;
    }

    @Override
    public List<Backup> backups() {
        return desk.list(Viewers.current(), tenant);
    }

    @Override
    public List<Restoration> restorations() {
        return desk.restorations(Viewers.current(), tenant);
    }

    @Override
    public void create(String label) {
        desk.create(Viewers.current(), tenant, label);
    }

    @Override
    public void delete(UUID backup) {
        desk.delete(Viewers.current(), tenant, backup);
    }

    @Override
    public void restoreBeside(UUID backup, String prefix) {
        desk.restoreBeside(Viewers.current(), tenant, backup, prefix);
    }

    @Override
    public BiConsumer<UUID, String> restoreAsTenant() {
        return (backup, organisation) -> desk.restoreAsTenant(Viewers.current(), tenant, backup, organisation);
    }
}
