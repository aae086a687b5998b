package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.payload.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points as they will be stored, checked against the collection; of a repeated id the last. */
final class PreparedPoints {
    private static final int PAYLOAD_BYTES_MAX = 64 << 20;

    /**
     * @param vectors one entry for each of the collection's vectors, null where the point has none
     * @param payload a JSON object, or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Prepared(@Nullable VectorValue[] vectors, byte[] payload) {
        long logicalBytes(PointId id, CollectionConfig config) {
            return (long) id.byteLength() + payload.length + StoredVectors.logicalBytes(config.vectors(), vectors);
        }
    }

    private PreparedPoints() {}

    /** @throws StoreException {@code INVALID_ARGUMENT}, naming the point */
    static Map<PointId, Prepared> of(List<PointRecord> points, CollectionConfig config) {
        Map<PointId, Prepared> prepared = LinkedHashMap.newLinkedHashMap(points.size());
        for (PointRecord point : points) {
            try {
                prepared.put(point.id(), prepare(point, config));
            } catch (StoreException e) {
                throw new StoreException(e.code(), "point " + point.id() + ": " + e.getMessage(), e);
            }
        }
        return prepared;
    }

    private static Prepared prepare(PointRecord point, CollectionConfig config) {
        VectorValue[] vectors = new VectorValue[config.vectors().size()];
        for (NamedVector vector : point.vectors()) {
            int v = position(config, vector.name());
            if (vectors[v] != null) {
                throw StoreException.invalid("vector '" + vector.name() + "' is given twice");
            }
            vectors[v] = Checking.stored(config.vectors().get(v), vector.value());
        }
        if (point.payloadJson().length > PAYLOAD_BYTES_MAX) {
            throw StoreException.invalid("payload: larger than " + PAYLOAD_BYTES_MAX + " bytes");
        }
        return new Prepared(vectors, Json.requireObject(point.payloadJson()));
    }

    /** @throws StoreException {@code INVALID_ARGUMENT} */
    static int position(CollectionConfig config, String name) {
        int position = config.position(name);
        if (position >= 0) {
            return position;
        }
        throw StoreException.invalid(
                name.isEmpty()
                        ? "vector name: the collection has no unnamed vector"
                        : "vector name: unknown '" + name + "'");
    }
}
