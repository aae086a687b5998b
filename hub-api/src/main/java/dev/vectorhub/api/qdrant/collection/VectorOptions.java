package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.Datatype;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code vectors} of a new collection: the parameters of the unnamed vector, or an object of named ones. */
final class VectorOptions {

    /** Vectors of one point. */
    static final int VECTORS_MAX = 32;

    static final int NAME_CHARS_MAX = 255;

    private static final Map<String, Distance> DISTANCES = Map.of(
            "Cosine", Distance.COSINE,
            "Dot", Distance.DOT,
            "Euclid", Distance.EUCLID,
            "Manhattan", Distance.MANHATTAN);

    private static final Map<String, Datatype> DATATYPES =
            Map.of("float32", Datatype.FLOAT32, "float16", Datatype.FLOAT16, "uint8", Datatype.UINT8);

    private VectorOptions() {}

    /** For the engine; {@code shown} becomes what the collection shows under {@code params.vectors}. */
    static List<VectorParams> read(ConfigNode create, ObjectNode shown) {
        ConfigNode vectors = create.object("vectors");
        List<VectorParams> params = new ArrayList<>();
        if (vectors == null || vectors.node().isEmpty()) {
            return params;
        }
        if (unnamed(vectors)) {
            params.add(one("", vectors, shown));
            return params;
        }
        if (vectors.node().size() > VECTORS_MAX) {
            throw BodyErrors.invalid(vectors.path(), "a collection has at most " + VECTORS_MAX + " vectors");
        }
        for (Map.Entry<String, JsonNode> named : vectors.node().properties()) {
            String name = named.getKey();
            String path = vectors.path(BodyErrors.shown(name));
            if (name.length() > NAME_CHARS_MAX) {
                throw BodyErrors.invalid(path, "a name has at most " + NAME_CHARS_MAX + " characters");
            }
            params.add(one(name, ConfigNode.object(named.getValue(), path), shown.putObject(name)));
        }
        return params;
    }

    /** A vector may be called "size" or "distance"; then the value is an object. */
    private static boolean unnamed(ConfigNode vectors) {
        JsonNode size = vectors.given("size");
        JsonNode distance = vectors.given("distance");
        return (size != null && !size.isObject()) || (distance != null && !distance.isObject());
    }

    /** A vector's parameters; {@code shown} becomes what the collection shows of them. */
    static VectorParams one(String name, ConfigNode vector, ObjectNode shown) {
        long size = vector.integer("size", 1, VectorReader.SIZE_MAX);
        if (size < 0) {
            throw BodyErrors.format(vector.path(), "missing field `size`");
        }
        String distance = vector.word("distance", DISTANCES.keySet());
        if (distance == null) {
            throw BodyErrors.format(vector.path(), "missing field `distance`");
        }
        ConfigNode multi = vector.object("multivector_config");
        if (multi != null && multi.word("comparator", Set.of("max_sim")) == null) {
            throw BodyErrors.format(multi.path(), "missing field `comparator`");
        }
        String datatype = vector.word("datatype", Set.of("float32", "uint8", "float16", "turbo4"));
        if ("turbo4".equals(datatype)) {
            throw BodyErrors.unsupported(
                    vector.path("datatype"),
                    "turbo4 (use float16 or uint8, or a quantization_config, which keeps vectors) is");
        }
        vector.bool("on_disk");
        vector.word("memory", CollectionOptions.MEMORY);
        vector.copy(shown, "size", "distance", "on_disk", "memory", "datatype", "multivector_config");
        VectorParams.Builder params = VectorParams.newBuilder()
                .setName(name)
                .setKind(multi == null ? VectorKind.DENSE : VectorKind.MULTI)
                .setSize((int) size)
                .setDistance(DISTANCES.getOrDefault(distance, Distance.COSINE))
                .setDatatype(datatype == null ? Datatype.FLOAT32 : DATATYPES.getOrDefault(datatype, Datatype.FLOAT32));
        ObjectNode hnsw = CollectionOptions.hnsw(vector);
        if (hnsw != null) {
            shown.set(CollectionOptions.HNSW, hnsw);
        }
        ObjectNode quantization = CollectionOptions.quantization(vector);
        if (quantization != null) {
            shown.set(CollectionOptions.QUANTIZATION, quantization);
        }
        if (hnsw != null || quantization != null) {
            params.setHnsw(hnsw(hnsw, quantization, (int) size));
        }
        return params.build();
    }

    /**
     * For the engine: 0 where nothing is given. Qdrant's threshold is in kilobytes of vectors, the engine's in points.
     *
     * @param quantization as {@link CollectionOptions#quantization} checked it
     * @param size components of the (largest) vector
     */
    static HnswParams hnsw(@Nullable JsonNode hnsw, @Nullable JsonNode quantization, int size) {
        HnswParams.Builder params = HnswParams.newBuilder();
        if (quantization != null) {
            params.setQuantization(quantization(quantization));
        }
        if (hnsw != null) {
            params.setM(hnsw.path("m").asInt());
            params.setEfConstruct(hnsw.path("ef_construct").asInt());
            long kilobytes = hnsw.path("full_scan_threshold").asLong();
            if (kilobytes > 0) {
                long points = Math.multiplyHigh(kilobytes, 1024L) != 0
                        ? Integer.MAX_VALUE
                        : kilobytes * 1024 / ((long) size * Float.BYTES);
                params.setFullScanThreshold((int) Math.clamp(points, 1L, Integer.MAX_VALUE));
            }
        }
        return params.build();
    }

    /** What Qdrant's turbo quantization is for, the engine's scalar codes do. */
    private static Quantization quantization(JsonNode quantization) {
        JsonNode product = quantization.get("product");
        if (product != null) {
            // x16: bytes of a vector to one of its code
            return Quantization.newBuilder()
                    .setKind(Quantization.Kind.PRODUCT)
                    .setCompression(Integer.parseInt(
                            product.path("compression").asText().substring(1)))
                    .build();
        }
        Quantization.Kind kind = quantization.has("binary") ? Quantization.Kind.BINARY : Quantization.Kind.SCALAR;
        return Quantization.newBuilder().setKind(kind).build();
    }
}
