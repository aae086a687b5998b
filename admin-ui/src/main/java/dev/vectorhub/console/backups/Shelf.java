package dev.vectorhub.console.backups;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One tenant's backups, as whoever looks at them may use them. */
public interface Shelf {
    List<Backup> backups();

    List<Restoration> restorations();

    void create(String label);

    void delete(UUID backup);

    void restoreBeside(UUID backup, String prefix);

    /** Restores the backup as a tenant of that name; null for who may not. */
    @Nullable
    BiConsumer<UUID, String> restoreAsTenant();
}
