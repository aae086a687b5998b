package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Reshaping;
import dev.vectorhub.engine.core.collection.Settings;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The commands that make, change and remove collections, for the applying thread. */
public final class CollectionCommands {
    /** Files that a collection can number before it meets those of one that was made a log index later. */
    private static final int FILES_OF_INDEX_SHIFT = 16;

    private static final int DIMENSIONS_MAX = 65_536;
    private static final int NAME_CHARS_MAX = 255;
    private static final int M_MAX = 256;
    private static final int EF_CONSTRUCT_MAX = 10_000;

    private final Registry registry;

    CollectionCommands(Registry registry) {
        this.registry = registry;
    }

    public void create(long index, UUID tenantId, UUID id, CollectionConfig config) {
        Tenant tenant = registry.require(tenantId);
        LiveCollection existing = tenant.collection(id);
        if (existing != null) {
            existing.requireSound();
            if (!existing.config().isLike(config)) {
                throw new StoreException(
                        Code.ALREADY_EXISTS, "collection " + id + " exists with another configuration");
            }
            return;
        }
        check(config);
        if (config.isolation() == IsolationMode.STORAGE && tenant.mode() != IsolationMode.STORAGE) {
            throw StoreException.invalid("isolation: STORAGE is for tenants that are placed so");
        }
        // beyond the numbers of a collection of this id that was dropped lately and whose files are still there
        long firstFile = index << FILES_OF_INDEX_SHIFT;
        CollectionRecord record = new CollectionRecord(tenantId, id, config, Map.of(), 0, 0, firstFile, 1, List.of());
        registry.add(tenant, CollectionEntry.fresh(record, tenant.isolation(config)));
    }

    private static void check(CollectionConfig config) {
        if (config.vectors().size() > Reshaping.VECTORS_MAX) {
            throw StoreException.invalid("vectors: a collection has at most " + Reshaping.VECTORS_MAX);
        }
        Set<String> names = new HashSet<>();
        for (VectorConfig vector : config.vectors()) {
            if (!names.add(vector.name())) {
                throw StoreException.invalid("vectors: name '" + vector.name() + "' is repeated");
            }
            check(vector);
        }
        check(config.hnsw());
    }

    private static void check(VectorConfig vector) {
        if (vector.name().length() > NAME_CHARS_MAX) {
            throw StoreException.invalid("vectors: name '" + vector.name() + "' is longer than " + NAME_CHARS_MAX);
        }
        if (vector.kind() == VectorKind.SPARSE) {
            if (vector.size() != 0
                    || vector.distance() != Distance.DOT
                    || vector.name().isEmpty()) {
                throw StoreException.invalid("vectors: a sparse vector has a name, the distance DOT and no size");
            }
        } else if (vector.size() < 1 || vector.size() > DIMENSIONS_MAX) {
            throw StoreException.invalid("vectors: size " + vector.size() + " is not within 1 and " + DIMENSIONS_MAX);
        } else if (vector.modifier() != Modifier.NONE) {
            throw StoreException.invalid("vectors: a modifier is for sparse vectors");
        }
        if (vector.kind() == VectorKind.SPARSE && vector.datatype() != Datatype.FLOAT32) {
            throw StoreException.invalid("vectors: a sparse vector has the datatype FLOAT32");
        }
        check(vector.hnsw());
    }

    private static void check(HnswConfig hnsw) {
        boolean sound = hnsw.m() >= 0
                && hnsw.m() != 1
                && hnsw.m() <= M_MAX
                && hnsw.efConstruct() >= 0
                && hnsw.efConstruct() <= EF_CONSTRUCT_MAX
                && hnsw.fullScanThreshold() >= 0;
        if (!sound) {
            throw StoreException.invalid("hnsw: m must be 0 or 2 to " + M_MAX + ", ef_construct 0 to "
                    + EF_CONSTRUCT_MAX + ", full_scan_threshold 0 or more");
        }
    }

    public void update(UUID tenant, UUID id, HnswConfig hnsw, Map<String, HnswConfig> vectors) {
        LiveCollection collection = registry.collection(tenant, id);
        check(hnsw);
        vectors.values().forEach(CollectionCommands::check);
        Settings.update(collection, hnsw, vectors);
    }

    public void addVector(UUID tenant, UUID id, VectorConfig vector) {
        LiveCollection collection = registry.collection(tenant, id);
        check(vector);
        Reshaping.add(collection, vector);
    }

    public void removeVector(UUID tenant, UUID id, String name) {
        Reshaping.remove(registry.collection(tenant, id), name);
    }

    public void drop(UUID tenantId, UUID id) {
        LiveCollection collection = registry.collection(tenantId, id);
        Tenant tenant = registry.require(tenantId);
        tenant.remove(id);
        collection.drop();
        registry.changes().tenants.add(tenant);
        registry.gone(collection);
    }
}
