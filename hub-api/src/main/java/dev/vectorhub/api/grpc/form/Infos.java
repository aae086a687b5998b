package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CollectionWarning;
import io.qdrant.client.grpc.Collections.MaxOptimizationThreads;
import io.qdrant.client.grpc.Collections.MultiVectorConfig;
import io.qdrant.client.grpc.Collections.OptimizerStatus;
import io.qdrant.client.grpc.Collections.OptimizersConfigDiff;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.ShardingMethod;
import io.qdrant.client.grpc.Collections.SnowballParams;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StemmingAlgorithm;
import io.qdrant.client.grpc.Collections.StopwordsSet;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.StrictModeMultivector;
import io.qdrant.client.grpc.Collections.StrictModeSparse;
import io.qdrant.client.grpc.Collections.TextIndexParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code GET /collections/{name}} shows, as a message. The reverse of {@link Configs}. */
public final class Infos {

    private Infos() {}

    public static CollectionInfo of(ObjectNode shown) {
        CollectionInfo.Builder info = CollectionInfo.newBuilder()
                .setStatus(
                        switch (shown.path("status").asText()) {
                            case "green" -> CollectionStatus.Green;
                            case "yellow" -> CollectionStatus.Yellow;
                            case "grey" -> CollectionStatus.Grey;
                            default -> CollectionStatus.Red;
                        })
                .setOptimizerStatus(OptimizerStatus.newBuilder()
                        .setOk(shown.path("optimizer_status").isTextual()))
                .setSegmentsCount(shown.path("segments_count").asLong())
                .setPointsCount(shown.path("points_count").asLong())
                .setIndexedVectorsCount(shown.path("indexed_vectors_count").asLong())
                .setConfig(config(shown.path("config")));
        for (Map.Entry<String, JsonNode> field : shown.path("payload_schema").properties()) {
            info.putPayloadSchema(field.getKey(), index(field.getValue()));
        }
        for (JsonNode warning : shown.path("warnings")) {
            info.addWarnings(CollectionWarning.newBuilder()
                    .setMessage(warning.path("message").asText()));
        }
        return info.build();
    }

    private static CollectionConfig config(JsonNode shown) {
        CollectionConfig.Builder config = CollectionConfig.newBuilder().setParams(params(shown.path("params")));
        fill(config.getHnswConfigBuilder(), shown.path("hnsw_config"));
        OptimizersConfigDiff.Builder optimizers = config.getOptimizerConfigBuilder();
        fill(optimizers, shown.path("optimizer_config"));
        JsonNode threads = shown.path("optimizer_config").path("max_optimization_threads");
        if (threads.isNumber()) {
            optimizers.setMaxOptimizationThreads(
                    MaxOptimizationThreads.newBuilder().setValue(threads.asLong()));
        }
        fill(config.getWalConfigBuilder(), shown.path("wal_config"));
        if (shown.path("quantization_config").isObject()) {
            config.setQuantizationConfig(quantization(shown.path("quantization_config")));
        }
        if (shown.path("strict_mode_config").isObject()) {
            StrictModeConfig.Builder strict = config.getStrictModeConfigBuilder();
            JsonNode section = shown.path("strict_mode_config");
            fill(strict, section);
            for (Map.Entry<String, JsonNode> vector :
                    section.path("multivector_config").properties()) {
                StrictModeMultivector.Builder limit = StrictModeMultivector.newBuilder();
                fill(limit, vector.getValue());
                strict.getMultivectorConfigBuilder().putMultivectorConfig(vector.getKey(), limit.build());
            }
            for (Map.Entry<String, JsonNode> vector :
                    section.path("sparse_config").properties()) {
                StrictModeSparse.Builder limit = StrictModeSparse.newBuilder();
                fill(limit, vector.getValue());
                strict.getSparseConfigBuilder().putSparseConfig(vector.getKey(), limit.build());
            }
        }
        JsonNode metadata = shown.path("metadata");
        if (metadata.isObject()) {
            Values.read(ByteString.copyFromUtf8(metadata.toString()), config::putMetadata);
        }
        return config.build();
    }

    private static CollectionParams params(JsonNode shown) {
        CollectionParams.Builder params = CollectionParams.newBuilder();
        fill(params, shown);
        JsonNode vectors = shown.path("vectors");
        if (vectors.path("size").isNumber()) {
            params.setVectorsConfig(VectorsConfig.newBuilder().setParams(vector(vectors)));
        } else {
            VectorParamsMap.Builder named = VectorParamsMap.newBuilder();
            for (Map.Entry<String, JsonNode> vector : vectors.properties()) {
                named.putMap(vector.getKey(), vector(vector.getValue()));
            }
            params.setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(named));
        }
        JsonNode sparse = shown.path("sparse_vectors");
        if (sparse.isObject()) {
            SparseVectorConfig.Builder named = SparseVectorConfig.newBuilder();
            for (Map.Entry<String, JsonNode> vector : sparse.properties()) {
                SparseVectorParams.Builder one = SparseVectorParams.newBuilder();
                fill(one, vector.getValue());
                if (vector.getValue().path("index").isObject()) {
                    fill(one.getIndexBuilder(), vector.getValue().path("index"));
                }
                named.putMap(vector.getKey(), one.build());
            }
            params.setSparseVectorsConfig(named);
        }
        if (shown.path("sharding_method").isTextual()) {
            params.setShardingMethod(ShardingMethod.Auto);
        }
        return params.build();
    }

    private static VectorParams vector(JsonNode shown) {
        VectorParams.Builder vector = VectorParams.newBuilder();
        fill(vector, shown);
        if (shown.path("hnsw_config").isObject()) {
            fill(vector.getHnswConfigBuilder(), shown.path("hnsw_config"));
        }
        if (shown.path("quantization_config").isObject()) {
            vector.setQuantizationConfig(quantization(shown.path("quantization_config")));
        }
        if (shown.path("multivector_config").isObject()) {
            vector.setMultivectorConfig(MultiVectorConfig.getDefaultInstance());
        }
        return vector.build();
    }

    private static QuantizationConfig quantization(JsonNode shown) {
        QuantizationConfig.Builder quantization = QuantizationConfig.newBuilder();
        if (shown.path("scalar").isObject()) {
            fill(quantization.getScalarBuilder(), shown.path("scalar"));
        } else if (shown.path("product").isObject()) {
            fill(quantization.getProductBuilder(), shown.path("product"));
        } else if (shown.path("binary").isObject()) {
            fill(quantization.getBinaryBuilder(), shown.path("binary"));
        } else if (shown.path("turbo").isObject()) {
            fill(quantization.getTurboquantBuilder(), shown.path("turbo"));
        }
        return quantization.build();
    }

    private static PayloadSchemaInfo index(JsonNode shown) {
        PayloadSchemaInfo.Builder info =
                PayloadSchemaInfo.newBuilder().setPoints(shown.path("points").asLong());
        String type = shown.path("data_type").asText();
        EnumValueDescriptor word = word(PayloadSchemaType.getDescriptor(), type);
        if (word != null) {
            info.setDataType(PayloadSchemaType.valueOf(word));
        }
        JsonNode given = shown.path("params");
        if (given.isObject()) {
            PayloadIndexParams.Builder params = PayloadIndexParams.newBuilder();
            for (FieldDescriptor field : PayloadIndexParams.getDescriptor().getFields()) {
                if (field.getName().equals(type + "_index_params")) {
                    Message.Builder one = params.newBuilderForField(field);
                    fill(one, given);
                    if (one instanceof TextIndexParams.Builder text) {
                        text(text, given);
                    }
                    params.setField(field, one.build());
                }
            }
            info.setParams(params);
        }
        return info.build();
    }

    private static void text(TextIndexParams.Builder text, JsonNode given) {
        JsonNode words = given.path("stopwords");
        StopwordsSet.Builder set = StopwordsSet.newBuilder();
        if (words.isTextual()) {
            text.setStopwords(set.addLanguages(words.asText()));
        } else if (words.isObject()) {
            words.path("languages").forEach(language -> set.addLanguages(language.asText()));
            words.path("custom").forEach(custom -> set.addCustom(custom.asText()));
            text.setStopwords(set);
        }
        JsonNode language = given.path("stemmer").path("language");
        if (language.isTextual()) {
            text.setStemmer(StemmingAlgorithm.newBuilder()
                    .setSnowball(SnowballParams.newBuilder().setLanguage(language.asText())));
        }
    }

    /** The fields that are scalars or words, by their names. */
    private static void fill(Message.Builder message, JsonNode shown) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            JsonNode value = shown.get(field.getName());
            if (value == null || value.isNull() || field.isRepeated()) {
                continue;
            }
            switch (field.getJavaType()) {
                case BOOLEAN -> message.setField(field, value.asBoolean());
                case INT -> message.setField(field, (int) value.asLong());
                case LONG -> message.setField(field, value.asLong());
                case FLOAT -> message.setField(field, (float) value.asDouble());
                case DOUBLE -> message.setField(field, value.asDouble());
                case ENUM -> {
                    EnumValueDescriptor word = word(field.getEnumType(), value.asText());
                    if (word != null) {
                        message.setField(field, word);
                    }
                }
                case STRING, BYTE_STRING, MESSAGE -> {}
            }
        }
    }

    private static @Nullable EnumValueDescriptor word(EnumDescriptor type, String shown) {
        for (EnumValueDescriptor word : type.getValues()) {
            if (Configs.word(word).equalsIgnoreCase(shown)) {
                return word;
            }
        }
        return null;
    }
}
