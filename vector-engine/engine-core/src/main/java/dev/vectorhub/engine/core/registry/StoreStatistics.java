package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.core.TenantStatus;
import dev.vectorhub.engine.core.TenantStatus.CollectionUsage;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Upkeep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts what is there. */
public final class StoreStatistics {
    private StoreStatistics() {}

    public static List<TenantStatus> tenants(Registry registry, @Nullable UUID only) {
        Tenant known = only == null ? null : registry.tenant(only);
        Collection<Tenant> wanted = only == null ? registry.tenants() : known == null ? List.of() : List.of(known);
        List<TenantStatus> all = new ArrayList<>(wanted.size());
        for (Tenant tenant : wanted) {
            List<CollectionUsage> usage = new ArrayList<>();
            long logical = 0;
            long disk = 0;
            for (Tenant.Entry entry : tenant.collections()) {
                LiveCollection collection = entry.collection();
                CollectionUsage one = new CollectionUsage(
                        collection.id(), collection.points(), collection.logicalBytes(), collection.diskBytes());
                logical += one.logicalBytes();
                disk += one.diskBytes();
                usage.add(one);
            }
            all.add(new TenantStatus(tenant.id(), tenant.generation(), tenant.mode(), logical, disk, usage));
        }
        return all;
    }

    public static StoreStatus status(StoreFrame frame, long applied) {
        long collections = 0;
        long points = 0;
        long disk = 0;
        long backlog = 0;
        List<String> quarantined = new ArrayList<>();
        for (Tenant tenant : frame.registry().tenants()) {
            StoreException fault = tenant.quarantine();
            if (fault != null) {
                quarantined.add("tenant " + tenant.id() + ": " + fault.getMessage());
            }
            for (Tenant.Entry entry : tenant.collections()) {
                LiveCollection collection = entry.collection();
                collections++;
                points += collection.points();
                disk += collection.diskBytes();
                backlog += Upkeep.backlog(collection);
                StoreException damage = collection.quarantined();
                if (damage != null) {
                    quarantined.add("collection " + collection.id() + ": " + damage.getMessage());
                }
            }
        }
        return new StoreStatus(
                frame.registry().tenants().size(),
                collections,
                points,
                disk,
                frame.around().layout().root().toFile().getUsableSpace(),
                applied,
                frame.checkpoints().durableIndex(),
                frame.around().kernel().name(),
                backlog,
                backlog > frame.around().settings().backlogPointsMax(),
                quarantined);
    }
}
