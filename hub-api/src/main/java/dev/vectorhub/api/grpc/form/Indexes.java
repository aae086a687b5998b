package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.StopwordsSet;
import io.qdrant.client.grpc.Collections.TextIndexParams;
import io.qdrant.client.grpc.Collections.TokenizerType;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Indexes of payload fields. */
public final class Indexes {

    private Indexes() {}

    public static byte[] of(CreateFieldIndexCollection create) {
        return Form.object(out -> {
            out.writeStringField("field_name", create.getFieldName());
            String type = create.hasFieldType() ? type(create.getFieldType()) : null;
            if (create.hasFieldIndexParams()) {
                out.writeObjectFieldStart("field_schema");
                params(out, create.getFieldIndexParams(), type);
                out.writeEndObject();
            } else if (type != null) {
                out.writeStringField("field_schema", type);
            }
        });
    }

    private static String type(FieldType type) {
        return type == FieldType.UNRECOGNIZED
                ? "unknown"
                : type.name().substring("FieldType".length()).toLowerCase(Locale.ROOT);
    }

    /** The parameters say the type; where there are none of them, the type beside them does. */
    private static void params(JsonGenerator out, PayloadIndexParams params, @Nullable String type) throws IOException {
        switch (params.getIndexParamsCase()) {
            case KEYWORD_INDEX_PARAMS -> fields(out, "keyword", params.getKeywordIndexParams());
            case INTEGER_INDEX_PARAMS -> fields(out, "integer", params.getIntegerIndexParams());
            case FLOAT_INDEX_PARAMS -> fields(out, "float", params.getFloatIndexParams());
            case GEO_INDEX_PARAMS -> fields(out, "geo", params.getGeoIndexParams());
            case BOOL_INDEX_PARAMS -> fields(out, "bool", params.getBoolIndexParams());
            case DATETIME_INDEX_PARAMS -> fields(out, "datetime", params.getDatetimeIndexParams());
            case UUID_INDEX_PARAMS -> fields(out, "uuid", params.getUuidIndexParams());
            case TEXT_INDEX_PARAMS -> text(out, params.getTextIndexParams());
            case INDEXPARAMS_NOT_SET -> {
                if (type != null) {
                    out.writeStringField("type", type);
                }
            }
        }
    }

    private static void fields(JsonGenerator out, String type, Message params) throws IOException {
        out.writeStringField("type", type);
        Configs.fields(out, params);
    }

    private static void text(JsonGenerator out, TextIndexParams params) throws IOException {
        out.writeStringField("type", "text");
        if (params.getTokenizer() != TokenizerType.Unknown) {
            out.writeStringField("tokenizer", params.getTokenizer().name().toLowerCase(Locale.ROOT));
        }
        if (params.hasLowercase()) {
            out.writeBooleanField("lowercase", params.getLowercase());
        }
        if (params.hasMinTokenLen()) {
            Form.unsigned(out, "min_token_len", params.getMinTokenLen());
        }
        if (params.hasMaxTokenLen()) {
            Form.unsigned(out, "max_token_len", params.getMaxTokenLen());
        }
        if (params.hasOnDisk()) {
            out.writeBooleanField("on_disk", params.getOnDisk());
        }
        if (params.hasStopwords()) {
            StopwordsSet words = params.getStopwords();
            out.writeObjectFieldStart("stopwords");
            Form.strings(out, "languages", words.getLanguagesList());
            Form.strings(out, "custom", words.getCustomList());
            out.writeEndObject();
        }
        if (params.hasPhraseMatching()) {
            out.writeBooleanField("phrase_matching", params.getPhraseMatching());
        }
        if (params.hasStemmer() && params.getStemmer().hasSnowball()) {
            out.writeObjectFieldStart("stemmer");
            out.writeStringField("type", "snowball");
            out.writeStringField("language", params.getStemmer().getSnowball().getLanguage());
            out.writeEndObject();
        }
        if (params.hasAsciiFolding()) {
            out.writeBooleanField("ascii_folding", params.getAsciiFolding());
        }
        if (params.hasEnableHnsw()) {
            out.writeBooleanField("enable_hnsw", params.getEnableHnsw());
        }
    }
}
