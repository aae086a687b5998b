package dev.vectorhub.api.worker;

import com.google.protobuf.ByteString;
import dev.vectorhub.billing.usage.StorageGaugeService;
import dev.vectorhub.billing.usage.StorageSample;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.node.StorageObserver;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Meters what the engine's gauges show as byte-hours and vector-hours, once a minute, or once in ten where nothing has changed. A tenant whose state is not billed
 * for storage counts as holding nothing.
 */
@ApplicationScoped
class StorageMeter implements StorageObserver {

    private static final Duration EVERY = Duration.ofMinutes(1);
    /** Most tenants hold what they held: their hours are closed in time all the same. */
    private static final Duration UNCHANGED_EVERY = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Supplier<Set<UUID>> unbilled;
    private final Map<String, Round> metered = new ConcurrentHashMap<>();

    /** Takes all that a tenant holds from now on. */
    interface Ledger {
        void record(UUID tenant, List<StorageSample> samples, Instant at);
    }

    @Inject
    StorageMeter(StorageGaugeService gauges, TenantService tenants) {
        this((tenant, samples, at) -> gauges.recordAll(tenant, samples, true, at), () -> unbilled(tenants));
    }

    /** @param unbilled tenants that the engine may still hold and that pay for nothing */
    StorageMeter(Ledger ledger, Supplier<Set<UUID>> unbilled) {
        this.ledger = ledger;
        this.unbilled = unbilled;
    }

    @Override
    public void observed(String node, List<TenantStats> stored, Instant at) {
        Round last = metered.getOrDefault(node, Round.NONE);
        if (at.isBefore(last.at().plus(EVERY))) {
            return;
        }
        Set<UUID> free = unbilled.get();
        Map<UUID, Recorded> recorded = HashMap.newHashMap(stored.size());
        for (TenantStats tenant : stored) {
            UUID id = uuid(tenant.getTenant());
            List<StorageSample> samples = free.contains(id) ? List.of() : samples(tenant);
            Recorded before = last.tenants().get(id);
            if (before == null || !before.stillSays(samples, at)) {
                ledger.record(id, samples, at);
                before = new Recorded(samples, at);
            }
            recorded.put(id, before);
        }
        metered.put(node, new Round(at, recorded));
    }

    /** What the ledger knows of a tenant: what it holds is taken to be held until another sample comes. */
    private record Recorded(List<StorageSample> samples, Instant at) {

        boolean stillSays(List<StorageSample> now, Instant second) {
            return second.isBefore(at.plus(UNCHANGED_EVERY))
                    && second.truncatedTo(ChronoUnit.HOURS).equals(at.truncatedTo(ChronoUnit.HOURS))
                    && samples.equals(now);
        }
    }

    private record Round(Instant at, Map<UUID, Recorded> tenants) {
        static final Round NONE = new Round(Instant.EPOCH, Map.of());
    }

    private static List<StorageSample> samples(TenantStats tenant) {
        List<StorageSample> samples = new ArrayList<>(tenant.getCollectionsCount());
        for (CollectionStats collection : tenant.getCollectionsList()) {
            samples.add(new StorageSample(
                    uuid(collection.getCollection()), collection.getPoints(), collection.getLogicalBytes()));
        }
        return samples;
    }

    /** Tenants that the engine may still hold and that pay for nothing: those in their grace. */
    private static Set<UUID> unbilled(TenantService tenants) {
        Set<UUID> found = new HashSet<>();
        for (TenantState state : TenantState.values()) {
            if (state != TenantState.DELETED && StateGate.billing(state) == StateGate.Billing.NOTHING) {
                String cursor = null;
                do {
                    Page<Tenant> page = tenants.page(
                            new TenantQuery(null, state, null, TenantQuery.Sort.OLDEST), cursor, Page.LIMIT_MAX);
                    page.items().forEach(tenant -> found.add(tenant.id().value()));
                    cursor = page.next();
                } while (cursor != null);
            }
        }
        return found;
    }

    private static UUID uuid(ByteString bytes) {
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
