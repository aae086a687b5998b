package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands on tenants, for the applying thread. */
public final class TenantCommands {
    private final Registry registry;
    private final Layout layout;

    TenantCommands(Registry registry) {
        this.registry = registry;
        this.layout = registry.around().layout();
    }

    /** Another mode than before has the tenant's collections moved by the checkpoints that follow. */
    public void place(UUID id, long generation, UUID commandId, IsolationMode mode) {
        Tenant tenant = registry.tenant(id);
        requireGeneration(id, tenant, generation);
        if (tenant == null) {
            DroppedTenant tombstone = registry.tombstones().find(id);
            if (tombstone != null && tombstone.generation() == generation) {
                throw new StoreException(
                        Code.STALE_GENERATION, "tenant " + id + " was dropped in generation " + generation);
            }
            makeDirectory(id, mode);
            registry.add(new Tenant(id, generation, commandId, mode));
            return;
        }
        tenant.requireSound();
        if (!tenant.commandId().equals(commandId)) {
            makeDirectory(id, mode);
            tenant.place(generation, commandId, mode);
            registry.changes().tenants.add(tenant);
            registry.moving().add(tenant);
        }
    }

    private void makeDirectory(UUID id, IsolationMode mode) {
        if (mode == IsolationMode.STORAGE) {
            layout.makeDirectory(layout.tenant(id));
        }
    }

    private void requireGeneration(UUID id, @Nullable Tenant tenant, long generation) {
        DroppedTenant tombstone = registry.tombstones().find(id);
        long seen = tenant != null ? tenant.generation() : tombstone != null ? tombstone.generation() : generation;
        if (generation < seen) {
            throw new StoreException(
                    Code.STALE_GENERATION, "tenant " + id + ": generation " + generation + " is older than " + seen);
        }
    }

    public void drop(UUID id, long generation, UUID commandId) {
        Tenant tenant = registry.tenant(id);
        requireGeneration(id, tenant, generation);
        registry.tombstones().add(new DroppedTenant(id, generation, commandId));
        Changes changes = registry.changes();
        changes.tombstones = true;
        if (tenant == null) {
            return;
        }
        tenant.markDropped();
        for (LiveCollection collection : tenant.collections()) {
            collection.drop();
            registry.gone(collection);
        }
        changes.tenants.remove(tenant);
        registry.gone(tenant);
    }
}
