package dev.vectorhub.console.backups.ui;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.backups.BackupDesk;
import dev.vectorhub.console.backups.OwnBackupDesk;
import dev.vectorhub.console.backups.TenantBackupDesk;
import dev.vectorhub.tenant.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's backups, as whoever looks at them may use them.
 *
 * @param restoreAsTenant restores a backup as a tenant of that name; null for who may not
 */
public record Shelf(
        TenantBackupDesk desk, TenantId tenant, @Nullable BiConsumer<UUID, String> restoreAsTenant) {

    public static Shelf ofMember(OwnBackupDesk desk, TenantId tenant) {
        return new Shelf(desk, tenant, null);
    }

    public static Shelf ofOperator(BackupDesk desk, TenantId tenant) {
        return new Shelf(
                desk,
                tenant,
                (backup, organisation) -> desk.restoreAsTenant(Viewers.current(), tenant, backup, organisation));
    }

    List<Backup> backups() {
        return desk.list(Viewers.current(), tenant);
    }

    List<Restoration> restorations() {
        return desk.restorations(Viewers.current(), tenant);
    }

    void create(String label) {
        desk.create(Viewers.current(), tenant, label);
    }

    void delete(UUID backup) {
        desk.delete(Viewers.current(), tenant, backup);
    }

    void restoreBeside(UUID backup, String prefix) {
        desk.restoreBeside(Viewers.current(), tenant, backup, prefix);
    }
}
