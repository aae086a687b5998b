package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.StoreException.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The whole behaviour of the engine over maps, for plainness alone. */
final class NaiveStore {
    static final class Pt {
        final PointId id;
        Map<String, VectorValue> vectors = new TreeMap<>();
        byte[] payload = {};
        long version;

        Pt(PointId id) {
            this.id = id;
        }

        long bytes(CollectionConfig config) {
            long bytes = (long) id.byteLength() + payload.length;
            for (VectorConfig vector : config.vectors()) {
                VectorValue value = vectors.get(vector.name());
                bytes += value == null ? 0 : value.logicalBytes(vector.datatype());
            }
            return bytes;
        }
    }

    static final class Coll {
        CollectionConfig config;
        final TreeMap<PointId, Pt> points = new TreeMap<>();
        final Map<String, FieldType> fields = new TreeMap<>();

        Coll(CollectionConfig config) {
            this.config = config;
        }

        long bytes() {
            return points.values().stream().mapToLong(p -> p.bytes(config)).sum();
        }
    }

    static final class Tenant {
        long generation;
        UUID commandId;
        IsolationMode mode;
        final Map<UUID, Coll> collections = new LinkedHashMap<>();

        Tenant(long generation, UUID commandId, IsolationMode mode) {
            this.generation = generation;
            this.commandId = commandId;
            this.mode = mode;
        }

        long bytes() {
            return collections.values().stream().mapToLong(Coll::bytes).sum();
        }
    }

    final Map<UUID, Tenant> tenants = new LinkedHashMap<>();
    final Map<UUID, Long> dropped = new LinkedHashMap<>();

    void placeTenant(UUID id, long generation, UUID commandId, IsolationMode mode) {
        Tenant tenant = tenants.get(id);
        if (generation < dropped.getOrDefault(id, 0L) || (tenant != null && generation < tenant.generation)) {
            throw new StoreException(Code.STALE_GENERATION, "older generation");
        }
        if (tenant == null) {
            if (generation == dropped.getOrDefault(id, -1L)) {
                throw new StoreException(Code.STALE_GENERATION, "dropped in this generation");
            }
            tenants.put(id, new Tenant(generation, commandId, mode));
            return;
        }
        if (tenant.commandId.equals(commandId)) {
            return;
        }
        tenant.generation = generation;
        tenant.commandId = commandId;
        tenant.mode = mode;
    }

    void dropTenant(UUID id, long generation) {
        Tenant tenant = tenants.get(id);
        if (generation < dropped.getOrDefault(id, 0L) || (tenant != null && generation < tenant.generation)) {
            throw new StoreException(Code.STALE_GENERATION, "older generation");
        }
        tenants.remove(id);
        dropped.put(id, generation);
    }

    Tenant tenant(UUID id) {
        Tenant tenant = tenants.get(id);
        if (tenant == null) {
            throw StoreException.notFound("tenant " + id + " is not placed here");
        }
        return tenant;
    }

    Coll coll(UUID tenant, UUID id) {
        Tenant owner = tenants.get(tenant);
        Coll coll = owner == null ? null : owner.collections.get(id);
        if (coll == null) {
            throw StoreException.notFound("collection " + id + " does not exist");
        }
        return coll;
    }

    void createCollection(UUID tenantId, UUID id, CollectionConfig config) {
        Tenant tenant = tenant(tenantId);
        Coll old = tenant.collections.get(id);
        if (old != null && !old.config.isLike(config)) {
            throw new StoreException(Code.ALREADY_EXISTS, "collection " + id + " exists with another configuration");
        }
        if (old == null) {
            tenant.collections.put(id, new Coll(config));
        }
    }

    void addVector(UUID tenant, UUID id, VectorConfig vector) {
        Coll coll = coll(tenant, id);
        for (VectorConfig other : coll.config.vectors()) {
            if (other.name().equals(vector.name())) {
                if (other.isLike(vector)) {
                    return;
                }
                throw StoreException.invalid("another vector of that name");
            }
        }
        List<VectorConfig> vectors = new ArrayList<>(coll.config.vectors());
        vectors.add(vector);
        coll.config = coll.config.with(vectors);
    }

    void removeVector(UUID tenant, UUID id, String name) {
        Coll coll = coll(tenant, id);
        List<VectorConfig> vectors = new ArrayList<>(coll.config.vectors());
        vectors.removeIf(vector -> vector.name().equals(name));
        coll.config = coll.config.with(vectors);
        coll.points.values().forEach(point -> point.vectors.remove(name));
    }

    void dropCollection(UUID tenant, UUID id) {
        coll(tenant, id);
        tenant(tenant).collections.remove(id);
    }

    int upsert(
            long index,
            UUID tenant,
            UUID id,
            List<PointRecord> records,
            UpsertMode mode,
            @Nullable Filter condition,
            Ceilings ceilings) {
        Coll coll = coll(tenant, id);
        Map<PointId, Pt> batch = batch(coll, index, records);
        batch.keySet().removeIf(point -> {
            Pt there = coll.points.get(point);
            return there == null
                    ? mode == UpsertMode.UPDATE_ONLY
                    : mode == UpsertMode.INSERT_ONLY || !fulfils(there, condition);
        });
        long added =
                batch.keySet().stream().filter(i -> !coll.points.containsKey(i)).count();
        require(tenant, coll, batch, added, ceilings);
        coll.points.putAll(batch);
        return batch.size();
    }

    private static Map<PointId, Pt> batch(Coll coll, long index, List<PointRecord> records) {
        Map<PointId, Pt> batch = new LinkedHashMap<>();
        for (PointRecord r : records) {
            Pt pt = new Pt(r.id());
            pt.version = index;
            pt.payload = NaiveTree.parse(r.payloadJson()).isEmpty() ? new byte[0] : r.payloadJson();
            for (NamedVector v : r.vectors()) {
                VectorConfig vc = coll.config.vectors().stream()
                        .filter(c -> c.name().equals(v.name()))
                        .findFirst()
                        .orElseThrow(() -> StoreException.invalid("unknown vector name"));
                pt.vectors.put(v.name(), stored(vc, v.value()));
            }
            batch.put(r.id(), pt);
        }
        return batch;
    }

    private static boolean fulfils(Pt point, @Nullable Filter condition) {
        return condition == null || NaiveTree.matches(condition, point.id, NaiveTree.parse(point.payload));
    }

    private void require(UUID tenant, Coll coll, Map<PointId, Pt> batch, long added, Ceilings ceilings) {
        long bytes =
                batch.values().stream().mapToLong(p -> p.bytes(coll.config)).sum()
                        - batch.keySet().stream()
                                .map(coll.points::get)
                                .mapToLong(p -> p == null ? 0 : p.bytes(coll.config))
                                .sum();
        if (ceilings.points() > 0 && added > 0 && coll.points.size() + added > ceilings.points()) {
            throw new StoreException(Code.POINT_CEILING, "points", ceilings.points(), coll.points.size(), added);
        }
        long used = tenant(tenant).bytes();
        if (ceilings.tenantBytes() > 0 && bytes > 0 && used + bytes > ceilings.tenantBytes()) {
            throw new StoreException(Code.BYTE_CEILING, "bytes", ceilings.tenantBytes(), used, bytes);
        }
    }

    int updateVectors(
            long index,
            UUID tenant,
            UUID id,
            List<PointRecord> records,
            @Nullable Filter condition,
            Ceilings ceilings) {
        Coll coll = coll(tenant, id);
        Map<PointId, Pt> given = batch(coll, index, records);
        Map<PointId, Pt> batch = new LinkedHashMap<>();
        given.forEach((point, vectors) -> {
            Pt there = coll.points.get(point);
            if (there == null) {
                throw StoreException.notFound("point");
            }
            if (fulfils(there, condition)) {
                Pt next = new Pt(point);
                next.version = index;
                next.payload = there.payload;
                next.vectors.putAll(there.vectors);
                next.vectors.putAll(vectors.vectors);
                batch.put(point, next);
            }
        });
        require(tenant, coll, batch, 0, ceilings);
        coll.points.putAll(batch);
        return batch.size();
    }

    int deleteVectors(long index, UUID tenant, UUID id, PointSelector selector, List<String> names) {
        Coll coll = coll(tenant, id);
        for (String name : names) {
            if (coll.config.vectors().stream().noneMatch(vector -> vector.name().equals(name))) {
                throw StoreException.invalid("unknown vector name");
            }
        }
        int changed = 0;
        for (Pt point : select(coll, selector)) {
            if (names.stream().anyMatch(point.vectors::containsKey)) {
                Pt next = new Pt(point.id);
                next.version = index;
                next.payload = point.payload;
                next.vectors.putAll(point.vectors);
                names.forEach(next.vectors::remove);
                coll.points.put(point.id, next);
                changed++;
            }
        }
        return changed;
    }

    static VectorValue stored(VectorConfig vc, VectorValue given) {
        return switch (given) {
            case VectorValue.Dense(float[] v)
            when v.length == vc.size() ->
                vc.kind() == VectorKind.MULTI
                        ? new VectorValue.Multi(stored(vc, v), 1)
                        : new VectorValue.Dense(stored(vc, v));
            case VectorValue.Multi m
            when m.size() == vc.size() && vc.kind() == VectorKind.MULTI -> {
                float[] all = new float[m.components().length];
                for (int r = 0; r < m.rows(); r++) {
                    System.arraycopy(stored(vc, row(m, r)), 0, all, r * m.size(), m.size());
                }
                yield new VectorValue.Multi(all, m.rows());
            }
            case VectorValue.Sparse s
            when vc.kind() == VectorKind.SPARSE -> {
                TreeMap<Long, Float> sorted = new TreeMap<>();
                for (int i = 0; i < s.indices().length; i++) {
                    if (sorted.put(Integer.toUnsignedLong(s.indices()[i]), s.values()[i]) != null) {
                        throw StoreException.invalid("index twice");
                    }
                }
                int[] indices =
                        sorted.keySet().stream().mapToInt(Long::intValue).toArray();
                float[] values = new float[indices.length];
                int i = 0;
                for (float value : sorted.values()) {
                    values[i++] = value;
                }
                yield new VectorValue.Sparse(indices, values);
            }
            default -> throw StoreException.invalid("another vector than the collection has");
        };
    }

    private static float[] stored(VectorConfig vc, float[] given) {
        boolean bytes = vc.datatype() == Datatype.UINT8;
        float[] out = vc.distance() == Distance.COSINE && !bytes ? normal(given) : given.clone();
        for (int i = 0; i < out.length; i++) {
            if (bytes) {
                out[i] = Math.max(0, Math.min(255, (int) out[i]));
            } else if (vc.datatype() == Datatype.FLOAT16) {
                out[i] = Float.float16ToFloat(Float.floatToFloat16(out[i]));
            }
        }
        return out;
    }

    private static float[] row(VectorValue.Multi m, int row) {
        return java.util.Arrays.copyOfRange(m.components(), row * m.size(), (row + 1) * m.size());
    }

    static float[] normal(float[] v) {
        double sum = 0;
        for (float x : v) {
            sum += (double) x * x;
        }
        if (sum == 0) {
            return v.clone();
        }
        double scale = 1 / Math.sqrt(sum);
        float[] out = new float[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = (float) (v[i] * scale);
        }
        return out;
    }

    List<Pt> select(Coll coll, PointSelector selector) {
        List<Pt> out = new ArrayList<>();
        switch (selector) {
            case PointSelector.Ids(List<PointId> ids) -> {
                for (PointId id : new LinkedHashSet<>(ids)) {
                    Pt p = coll.points.get(id);
                    if (p != null) {
                        out.add(p);
                    }
                }
            }
            case PointSelector.Matching(Filter filter) -> {
                for (Pt p : coll.points.values()) {
                    if (NaiveTree.matches(filter, p.id, NaiveTree.parse(p.payload))) {
                        out.add(p);
                    }
                }
            }
        }
        return out;
    }

    int delete(UUID tenant, UUID id, PointSelector selector) {
        Coll coll = coll(tenant, id);
        List<Pt> selected = select(coll, selector);
        selected.forEach(p -> coll.points.remove(p.id));
        return selected.size();
    }

    int setPayload(
            long index, UUID tenant, UUID id, PointSelector selector, byte[] json, boolean overwrite, String key) {
        Coll coll = coll(tenant, id);
        Map<String, @Nullable Object> patch = NaiveTree.parse(json);
        List<Pt> selected = select(coll, selector);
        for (Pt p : selected) {
            Map<String, @Nullable Object> map = overwrite ? new LinkedHashMap<>() : NaiveTree.parse(p.payload);
            Map<String, @Nullable Object> target = map;
            if (!overwrite && !key.isEmpty()) {
                for (String step : key.split("\\.", -1)) {
                    if (!(target.get(step) instanceof Map<?, ?>)) {
                        target.put(step, new LinkedHashMap<>());
                    }
                    @SuppressWarnings("unchecked") // parse() makes maps of names only
                    Map<String, @Nullable Object> inner = (Map<String, @Nullable Object>) target.get(step);
                    target = java.util.Objects.requireNonNull(inner);
                }
            }
            for (Map.Entry<String, @Nullable Object> e : patch.entrySet()) {
                if (e.getValue() == null && !overwrite) {
                    target.remove(e.getKey());
                } else {
                    target.put(e.getKey(), e.getValue());
                }
            }
            replace(coll, p, NaiveTree.write(map), index);
        }
        return selected.size();
    }

    private static void replace(Coll coll, Pt p, byte[] payload, long index) {
        Pt next = new Pt(p.id);
        next.vectors = p.vectors;
        next.payload = payload;
        next.version = index;
        coll.points.put(p.id, next);
    }

    int deletePayload(long index, UUID tenant, UUID id, PointSelector selector, List<String> keys) {
        Coll coll = coll(tenant, id);
        List<Pt> selected = select(coll, selector);
        for (Pt p : selected) {
            Map<String, @Nullable Object> map = NaiveTree.parse(p.payload);
            for (String key : keys) {
                int dot = key.lastIndexOf('.');
                if (dot < 0) {
                    map.remove(key);
                } else {
                    for (Object parent : NaiveTree.values(map, key.substring(0, dot))) {
                        if (parent instanceof Map<?, ?> m) {
                            m.remove(key.substring(dot + 1));
                        }
                    }
                }
            }
            replace(coll, p, NaiveTree.write(map), index);
        }
        return selected.size();
    }

    int clearPayload(long index, UUID tenant, UUID id, PointSelector selector) {
        Coll coll = coll(tenant, id);
        List<Pt> selected = select(coll, selector);
        selected.forEach(p -> replace(coll, p, new byte[0], index));
        return selected.size();
    }

    static PointRecord record(Pt p, PayloadSelection payload, VectorSelection vectors) {
        List<NamedVector> out = new ArrayList<>();
        p.vectors.forEach((name, v) -> {
            if (vectors.selects(name)) {
                out.add(new NamedVector(name, v));
            }
        });
        return new PointRecord(p.id, out, payload.enabled() ? p.payload : new byte[0]);
    }

    List<PointRecord> retrieve(UUID tenant, UUID id, List<PointId> ids, PayloadSelection ps, VectorSelection vs) {
        Coll coll = coll(tenant, id);
        List<PointRecord> out = new ArrayList<>();
        for (PointId i : ids) {
            Pt p = coll.points.get(i);
            if (p != null) {
                out.add(record(p, ps, vs));
            }
        }
        return out;
    }

    ScrollPage scroll(
            UUID tenant,
            UUID id,
            @Nullable Filter filter,
            @Nullable PointId offset,
            int limit,
            PayloadSelection ps,
            VectorSelection vs) {
        List<PointRecord> out = new ArrayList<>();
        for (Pt p : select(coll(tenant, id), new PointSelector.Matching(filter == null ? Filter.ALL : filter))) {
            if (offset == null || p.id.compareTo(offset) >= 0) {
                if (out.size() == limit) {
                    return new ScrollPage(out, p.id, 0);
                }
                out.add(record(p, ps, vs));
            }
        }
        return new ScrollPage(out, null, 0);
    }

    static double score(VectorConfig vc, VectorValue query, VectorValue other) {
        Distance distance = vc.distance();
        return switch (query) {
            case VectorValue.Dense(float[] a) ->
                shown(distance, inner(vc, a, ((VectorValue.Dense) other).components()));
            case VectorValue.Multi a -> {
                VectorValue.Multi b = (VectorValue.Multi) other;
                double sum = 0;
                for (int i = 0; i < a.rows(); i++) {
                    double best = distance.higherIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
                    for (int j = 0; j < b.rows(); j++) {
                        double one = inner(vc, row(a, i), row(b, j));
                        best = distance.higherIsBetter() ? Math.max(best, one) : Math.min(best, one);
                    }
                    sum += best;
                }
                yield shown(distance, sum);
            }
            case VectorValue.Sparse a -> {
                Map<Integer, Float> values = new java.util.HashMap<>();
                VectorValue.Sparse b = (VectorValue.Sparse) other;
                for (int i = 0; i < b.indices().length; i++) {
                    values.put(b.indices()[i], b.values()[i]);
                }
                double sum = 0;
                for (int i = 0; i < a.indices().length; i++) {
                    sum += (double) a.values()[i] * values.getOrDefault(a.indices()[i], 0f);
                }
                yield sum;
            }
        };
    }

    private static double shown(Distance distance, double inner) {
        return distance == Distance.EUCLID ? Math.sqrt(inner) : inner;
    }

    private static double inner(VectorConfig vc, float[] a, float[] b) {
        Distance distance = vc.distance();
        if (distance == Distance.COSINE && vc.datatype() == Datatype.UINT8) {
            double lengths = Math.sqrt(dot(a, a) * dot(b, b));
            return lengths == 0 ? 0 : dot(a, b) / lengths;
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = (double) a[i] - b[i];
            sum += switch (distance) {
                case COSINE, DOT -> (double) a[i] * b[i];
                case EUCLID -> d * d;
                case MANHATTAN -> Math.abs(d);
            };
        }
        return sum;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    SearchHits search(UUID tenant, UUID id, SearchSpec spec) {
        Coll coll = coll(tenant, id);
        VectorConfig vc = coll.config.vectors().stream()
                .filter(c -> c.name().equals(spec.using()))
                .findFirst()
                .orElseThrow(() -> StoreException.invalid("unknown vector name"));
        PointId self = null;
        VectorValue query;
        switch (spec.query()) {
            case SearchSpec.Query.ByVector(VectorValue v) -> query = v;
            case SearchSpec.Query.ById(PointId i) -> {
                self = i;
                Pt p = coll.points.get(i);
                if (p == null || p.vectors.get(spec.using()) == null) {
                    throw StoreException.notFound("point " + i);
                }
                query = java.util.Objects.requireNonNull(p.vectors.get(spec.using()));
            }
        }
        VectorValue q = stored(vc, query);
        List<ScoredPoint> hits = new ArrayList<>();
        long scanned = 0;
        for (Pt p : select(coll, new PointSelector.Matching(spec.filter() == null ? Filter.ALL : spec.filter()))) {
            VectorValue v = p.vectors.get(spec.using());
            if (v == null || p.id.equals(self)) {
                continue;
            }
            scanned++;
            float score = (float) score(vc, q, v);
            Float worst = spec.scoreThreshold();
            if (vc.kind() == VectorKind.SPARSE && score == 0) {
                continue;
            }
            if (worst != null && (vc.distance().higherIsBetter() ? score < worst : score > worst)) {
                continue;
            }
            PointRecord r = record(p, spec.payload(), spec.vectors());
            hits.add(new ScoredPoint(p.id, score, r.payloadJson(), r.vectors(), p.version));
        }
        Comparator<ScoredPoint> order = Comparator.comparingDouble(ScoredPoint::score);
        hits.sort((vc.distance().higherIsBetter() ? order.reversed() : order).thenComparing(ScoredPoint::id));
        int from = Math.min(spec.offset(), hits.size());
        int to = Math.min(from + spec.limit(), hits.size());
        return new SearchHits(List.copyOf(hits.subList(from, to)), scanned, scanned * 4L * vc.size());
    }
}
