package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.MaxOptimizationThreads;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationConfigDiff;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsDiff;
import io.qdrant.client.grpc.Points.CreateVectorNameRequest;
import io.qdrant.client.grpc.Points.DenseVectorCreationConfig;
import io.qdrant.client.grpc.Points.SparseVectorCreationConfig;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Configurations of collections. Most of their messages name their fields as the bodies do and hold numbers and booleans
 * only: those are copied field by field, as their descriptor has them.
 */
public final class Configs {

    private Configs() {}

    public static byte[] of(CreateCollection create) {
        return Form.object(out -> {
            if (create.hasVectorsConfig()) {
                out.writeFieldName("vectors");
                switch (create.getVectorsConfig().getConfigCase()) {
                    case PARAMS -> vector(out, create.getVectorsConfig().getParams());
                    case PARAMS_MAP -> {
                        out.writeStartObject();
                        for (Map.Entry<String, VectorParams> named : create.getVectorsConfig()
                                .getParamsMap()
                                .getMapMap()
                                .entrySet()) {
                            out.writeFieldName(named.getKey());
                            vector(out, named.getValue());
                        }
                        out.writeEndObject();
                    }
                    case CONFIG_NOT_SET -> out.writeNull();
                }
            }
            if (create.hasSparseVectorsConfig()) {
                sparse(out, create.getSparseVectorsConfig());
            }
            if (create.hasHnswConfig()) {
                flat(out, "hnsw_config", create.getHnswConfig());
            }
            if (create.hasWalConfig()) {
                flat(out, "wal_config", create.getWalConfig());
            }
            if (create.hasOptimizersConfig()) {
                flat(out, "optimizers_config", create.getOptimizersConfig());
            }
            if (create.hasShardNumber()) {
                out.writeNumberField("shard_number", Integer.toUnsignedLong(create.getShardNumber()));
            }
            if (create.hasOnDiskPayload()) {
                out.writeBooleanField("on_disk_payload", create.getOnDiskPayload());
            }
            if (create.hasReplicationFactor()) {
                out.writeNumberField("replication_factor", Integer.toUnsignedLong(create.getReplicationFactor()));
            }
            if (create.hasWriteConsistencyFactor()) {
                out.writeNumberField(
                        "write_consistency_factor", Integer.toUnsignedLong(create.getWriteConsistencyFactor()));
            }
            if (create.hasQuantizationConfig()) {
                quantization(out, create.getQuantizationConfig());
            }
            if (create.hasShardingMethod()) {
                out.writeStringField(
                        "sharding_method", create.getShardingMethod().name().toLowerCase(Locale.ROOT));
            }
            if (create.hasStrictModeConfig()) {
                strictMode(out, create.getStrictModeConfig());
            }
            if (create.getMetadataCount() > 0) {
                Values.write(out, "metadata", create.getMetadataMap());
            }
        });
    }

    public static byte[] of(UpdateCollection update) {
        return Form.object(out -> {
            if (update.hasOptimizersConfig()) {
                flat(out, "optimizers_config", update.getOptimizersConfig());
            }
            if (update.hasParams()) {
                flat(out, "params", update.getParams());
            }
            if (update.hasHnswConfig()) {
                flat(out, "hnsw_config", update.getHnswConfig());
            }
            if (update.hasVectorsConfig()) {
                out.writeObjectFieldStart("vectors");
                switch (update.getVectorsConfig().getConfigCase()) {
                    case PARAMS -> diff(out, "", update.getVectorsConfig().getParams());
                    case PARAMS_MAP -> {
                        for (Map.Entry<String, VectorParamsDiff> named : update.getVectorsConfig()
                                .getParamsMap()
                                .getMapMap()
                                .entrySet()) {
                            diff(out, named.getKey(), named.getValue());
                        }
                    }
                    case CONFIG_NOT_SET -> {}
                }
                out.writeEndObject();
            }
            if (update.hasQuantizationConfig()) {
                quantization(out, update.getQuantizationConfig());
            }
            if (update.hasSparseVectorsConfig()) {
                sparse(out, update.getSparseVectorsConfig());
            }
            if (update.hasStrictModeConfig()) {
                strictMode(out, update.getStrictModeConfig());
            }
            if (update.getMetadataCount() > 0) {
                Values.write(out, "metadata", update.getMetadataMap());
            }
        });
    }

    public static byte[] of(CreateVectorNameRequest create) {
        return Form.object(out -> {
            if (create.hasDenseConfig()) {
                DenseVectorCreationConfig dense = create.getDenseConfig();
                out.writeObjectFieldStart("dense");
                Form.unsigned(out, "size", dense.getSize());
                distance(out, dense.getDistance());
                if (dense.hasDatatype()) {
                    datatype(out, dense.getDatatype());
                }
                if (dense.hasMultivectorConfig()) {
                    multi(out);
                }
                out.writeEndObject();
            }
            if (create.hasSparseConfig()) {
                SparseVectorCreationConfig sparse = create.getSparseConfig();
                out.writeObjectFieldStart("sparse");
                if (sparse.hasModifier()) {
                    out.writeStringField("modifier", sparse.getModifier().name().toLowerCase(Locale.ROOT));
                }
                if (sparse.hasDatatype()) {
                    datatype(out, sparse.getDatatype());
                }
                out.writeEndObject();
            }
        });
    }

    private static void distance(JsonGenerator out, Distance distance) throws IOException {
        switch (distance) {
            case UnknownDistance -> {}
            case UNRECOGNIZED -> out.writeStringField("distance", "unknown");
            default -> out.writeStringField("distance", distance.name());
        }
    }

    private static void multi(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("multivector_config");
        out.writeStringField("comparator", "max_sim");
        out.writeEndObject();
    }

    private static void vector(JsonGenerator out, VectorParams vector) throws IOException {
        out.writeStartObject();
        Form.unsigned(out, "size", vector.getSize());
        distance(out, vector.getDistance());
        if (vector.hasHnswConfig()) {
            flat(out, "hnsw_config", vector.getHnswConfig());
        }
        if (vector.hasQuantizationConfig()) {
            quantization(out, vector.getQuantizationConfig());
        }
        if (vector.hasOnDisk()) {
            out.writeBooleanField("on_disk", vector.getOnDisk());
        }
        if (vector.hasDatatype()) {
            datatype(out, vector.getDatatype());
        }
        if (vector.hasMultivectorConfig()) {
            multi(out);
        }
        out.writeEndObject();
    }

    private static void datatype(JsonGenerator out, io.qdrant.client.grpc.Collections.Datatype type)
            throws IOException {
        switch (type) {
            case Default -> {}
            case UNRECOGNIZED -> out.writeStringField("datatype", "unknown");
            default -> out.writeStringField("datatype", type.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void diff(JsonGenerator out, String name, VectorParamsDiff diff) throws IOException {
        out.writeObjectFieldStart(name);
        if (diff.hasHnswConfig()) {
            flat(out, "hnsw_config", diff.getHnswConfig());
        }
        if (diff.hasQuantizationConfig()) {
            quantization(out, diff.getQuantizationConfig());
        }
        if (diff.hasOnDisk()) {
            out.writeBooleanField("on_disk", diff.getOnDisk());
        }
        out.writeEndObject();
    }

    private static void sparse(JsonGenerator out, SparseVectorConfig config) throws IOException {
        out.writeObjectFieldStart("sparse_vectors");
        for (Map.Entry<String, SparseVectorParams> named : config.getMapMap().entrySet()) {
            out.writeObjectFieldStart(named.getKey());
            SparseVectorParams params = named.getValue();
            if (params.hasIndex()) {
                out.writeObjectFieldStart("index");
                if (params.getIndex().hasFullScanThreshold()) {
                    Form.unsigned(out, "full_scan_threshold", params.getIndex().getFullScanThreshold());
                }
                if (params.getIndex().hasOnDisk()) {
                    out.writeBooleanField("on_disk", params.getIndex().getOnDisk());
                }
                if (params.getIndex().hasDatatype()) {
                    datatype(out, params.getIndex().getDatatype());
                }
                out.writeEndObject();
            }
            if (params.hasModifier()) {
                out.writeStringField("modifier", params.getModifier().name().toLowerCase(Locale.ROOT));
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void quantization(JsonGenerator out, QuantizationConfig config) throws IOException {
        out.writeObjectFieldStart("quantization_config");
        switch (config.getQuantizationCase()) {
            case SCALAR -> flat(out, "scalar", config.getScalar());
            case PRODUCT -> flat(out, "product", config.getProduct());
            case BINARY -> flat(out, "binary", config.getBinary());
            case TURBOQUANT -> flat(out, "turbo", config.getTurboquant());
            case QUANTIZATION_NOT_SET -> {}
        }
        out.writeEndObject();
    }

    private static void quantization(JsonGenerator out, QuantizationConfigDiff config) throws IOException {
        if (config.hasDisabled()) {
            out.writeStringField("quantization_config", "Disabled");
            return;
        }
        out.writeObjectFieldStart("quantization_config");
        switch (config.getQuantizationCase()) {
            case SCALAR -> flat(out, "scalar", config.getScalar());
            case PRODUCT -> flat(out, "product", config.getProduct());
            case BINARY -> flat(out, "binary", config.getBinary());
            case TURBOQUANT -> flat(out, "turbo", config.getTurboquant());
            case DISABLED, QUANTIZATION_NOT_SET -> {}
        }
        out.writeEndObject();
    }

    private static void strictMode(JsonGenerator out, StrictModeConfig config) throws IOException {
        flat(out, "strict_mode_config", config);
    }

    /** The message's fields under their own names; those that have presence only where they are given. */
    static void flat(JsonGenerator out, String field, Message message) throws IOException {
        out.writeObjectFieldStart(field);
        fields(out, message);
        out.writeEndObject();
    }

    static void fields(JsonGenerator out, Message message) throws IOException {
        for (FieldDescriptor part : message.getDescriptorForType().getFields()) {
            if (part.isMapField() || part.isRepeated() || (part.hasPresence() && !message.hasField(part))) {
                continue;
            }
            String name = part.getName();
            Object value = message.getField(part);
            switch (value) {
                case Boolean bool -> out.writeBooleanField(name, bool);
                case Float number -> out.writeNumberField(name, number);
                case Double number -> out.writeNumberField(name, number);
                case Long number -> Form.unsigned(out, plain(name), number);
                case Integer number -> out.writeNumberField(plain(name), Integer.toUnsignedLong(number));
                case EnumValueDescriptor word -> out.writeStringField(name, word(word));
                case MaxOptimizationThreads threads -> {
                    if (threads.hasValue()) {
                        Form.unsigned(out, name, threads.getValue());
                    } else {
                        out.writeStringField(name, "auto");
                    }
                }
                case Message inner -> maps(out, name, inner);
                default -> throw BodyErrors.format(name, "not a value of a configuration");
            }
        }
    }

    /** A message around a map of flat messages, or around a choice of one word. */
    private static void maps(JsonGenerator out, String name, Message message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            if (entry.getValue() instanceof EnumValueDescriptor word) {
                out.writeStringField(name, word(word));
            } else if (entry.getKey().isMapField()) {
                out.writeObjectFieldStart(name);
                for (Object pair : (Iterable<?>) entry.getValue()) {
                    Message inner = (Message) pair;
                    var fields = inner.getDescriptorForType().getFields();
                    flat(out, (String) inner.getField(fields.getFirst()), (Message) inner.getField(fields.getLast()));
                }
                out.writeEndObject();
            }
        }
    }

    private static String plain(String name) {
        return name.equals("deprecated_max_optimization_threads") ? "max_optimization_threads" : name;
    }

    /** {@code Bits1_5} and {@code OneAndHalfBits} are spelt in snake case in bodies; the short ones in lower case. */
    static String word(EnumValueDescriptor word) {
        String name = word.getName();
        StringBuilder out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
                out.append('_');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }
}
