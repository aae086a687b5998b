package dev.vectorhub.engine.node.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.FieldParams;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.TextParams;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.text.TextSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ids, points and collection configurations. All errors are {@link EngineException} INVALID_ARGUMENT. */
public final class ModelCodec {
    /** Of one command or request. */
    public static final int POINTS_MAX = 200_000;

    public static final int IDS_MAX = 1_000_000;
    private static final int NAME_CHARS_MAX = 4096;
    private static final int DECLARED_CHARS_MAX = 1 << 20;
    private static final int LANGUAGES_MAX = 100;
    private static final int STOP_WORDS_MAX = 10_000;
    private static final int UUID_BYTES = 16;

    private ModelCodec() {}

    /**
     * A UUID from its 16 bytes.
     *
     * @param what names the field in the message of an error
     */
    public static UUID uuid(ByteString bytes, String what) {
        if (bytes.size() != UUID_BYTES) {
            throw invalid(what + " has 16 bytes, this one has " + bytes.size());
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public static ByteString uuid(UUID id) {
        byte[] bytes = new byte[UUID_BYTES];
        ByteBuffer.wrap(bytes).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    public static PointId id(dev.vectorhub.engine.wire.v1.PointId id) {
        return switch (id.getKindCase()) {
            case NUM -> PointId.of(id.getNum());
            case UUID -> PointId.of(uuid(id.getUuid(), "a point id"));
            case KIND_NOT_SET -> throw invalid("a point id is a number or a UUID, this one is neither");
        };
    }

    public static dev.vectorhub.engine.wire.v1.PointId id(PointId id) {
        var wire = dev.vectorhub.engine.wire.v1.PointId.newBuilder();
        return switch (id) {
            case PointId.Num(long value) -> wire.setNum(value).build();
            case PointId.Uuid(UUID value) -> wire.setUuid(uuid(value)).build();
        };
    }

    public static List<PointId> ids(List<dev.vectorhub.engine.wire.v1.PointId> ids) {
        bound(ids.size(), IDS_MAX, "point ids");
        List<PointId> decoded = new ArrayList<>(ids.size());
        for (var id : ids) {
            decoded.add(id(id));
        }
        return decoded;
    }

    public static PointRecord point(Point point) {
        List<NamedVector> vectors = new ArrayList<>(point.getVectorsCount());
        for (var vector : point.getVectorsList()) {
            vectors.add(VectorCodec.named(vector));
        }
        return new PointRecord(id(point.getId()), vectors, point.getPayload().toByteArray());
    }

    public static List<PointRecord> points(List<Point> points) {
        bound(points.size(), POINTS_MAX, "points");
        List<PointRecord> decoded = new ArrayList<>(points.size());
        for (var point : points) {
            decoded.add(point(point));
        }
        return decoded;
    }

    public static Point point(PointRecord point) {
        var wire = Point.newBuilder()
                .setId(id(point.id()))
                .setPayload(UnsafeByteOperations.unsafeWrap(point.payloadJson()));
        for (NamedVector vector : point.vectors()) {
            wire.addVectors(VectorCodec.named(vector));
        }
        return wire.build();
    }

    public static CollectionConfig collection(CollectionSpec spec) {
        List<VectorConfig> vectors = new ArrayList<>(spec.getVectorsCount());
        for (VectorParams vector : spec.getVectorsList()) {
            vectors.add(VectorCodec.config(vector));
        }
        return new CollectionConfig(vectors, hnsw(spec.getHnsw()), isolation(spec.getIsolation()));
    }

    public static CollectionSpec collection(CollectionConfig config) {
        var spec = CollectionSpec.newBuilder()
                .setHnsw(hnsw(config.hnsw()))
                .setIsolation(dev.vectorhub.engine.wire.v1.IsolationMode.valueOf(
                        config.isolation().name()));
        for (VectorConfig vector : config.vectors()) {
            spec.addVectors(VectorCodec.params(vector));
        }
        return spec.build();
    }

    public static HnswConfig hnsw(HnswParams params) {
        return new HnswConfig(
                count(params.getM(), "m"),
                count(params.getEfConstruct(), "ef_construct"),
                count(params.getFullScanThreshold(), "full_scan_threshold"),
                quantization(params.getQuantization()));
    }

    private static QuantizationConfig quantization(Quantization wire) {
        if (wire.getKind() == Quantization.Kind.UNRECOGNIZED) {
            throw invalid("unknown quantization");
        }
        try {
            return new QuantizationConfig(
                    QuantizationConfig.Kind.valueOf(wire.getKind().name()),
                    count(wire.getCompression(), "compression"));
        } catch (IllegalArgumentException e) {
            throw invalid("quantization: " + e.getMessage());
        }
    }

    static HnswParams hnsw(HnswConfig config) {
        return HnswParams.newBuilder()
                .setM(config.m())
                .setEfConstruct(config.efConstruct())
                .setFullScanThreshold(config.fullScanThreshold())
                .setQuantization(Quantization.newBuilder()
                        .setKind(Quantization.Kind.valueOf(
                                config.quantization().kind().name()))
                        .setCompression(config.quantization().compression()))
                .build();
    }

    public static IsolationMode isolation(dev.vectorhub.engine.wire.v1.IsolationMode mode) {
        return switch (mode) {
            case NONE -> IsolationMode.NONE;
            case COLLECTION -> IsolationMode.COLLECTION;
            case STORAGE -> IsolationMode.STORAGE;
            case UNRECOGNIZED -> throw invalid("unknown isolation mode");
        };
    }

    /**
     * The parameters of a field index on the wire.
     *
     * @param spec what a field index is
     */
    public static FieldParams fieldParams(FieldSpec spec) {
        var params = FieldParams.newBuilder()
                .setNoLookup(!spec.lookup())
                .setNoRange(!spec.range())
                .setPrefix(spec.prefix())
                .setDeclared(spec.declared());
        TextSpec text = spec.text();
        if (text != null) {
            params.setText(TextParams.newBuilder()
                    .setTokenizer(dev.vectorhub.engine.wire.v1.Tokenizer.valueOf(
                            text.tokenizer().name()))
                    .setMinTokenLen(text.minLength())
                    .setMaxTokenLen(text.maxLength())
                    .setKeepCase(!text.lowercase())
                    .setAsciiFolding(text.asciiFolding())
                    .setPhraseMatching(text.positions())
                    .addAllStopLanguages(text.stopLanguages())
                    .addAllStopWords(text.stopWords())
                    .setStemmer(text.stemmer()));
        }
        return params.build();
    }

    public static FieldSpec field(dev.vectorhub.engine.wire.v1.FieldType type, FieldParams params) {
        FieldType decoded = fieldType(type);
        bound(params.getDeclared().length(), DECLARED_CHARS_MAX, "characters of an index's parameters");
        return new FieldSpec(
                decoded,
                !params.getNoLookup(),
                !params.getNoRange(),
                params.getPrefix(),
                decoded == FieldType.TEXT ? textSpec(params.getText()) : null,
                wellFormed(params.getDeclared(), "an index's parameters"));
    }

    private static TextSpec textSpec(TextParams text) {
        bound(text.getStopLanguagesCount(), LANGUAGES_MAX, "languages of stop words");
        bound(text.getStopWordsCount(), STOP_WORDS_MAX, "stop words");
        return new TextSpec(
                switch (text.getTokenizer()) {
                    case WORD -> TextSpec.Tokenizer.WORD;
                    case WHITESPACE -> TextSpec.Tokenizer.WHITESPACE;
                    case PREFIX -> TextSpec.Tokenizer.PREFIX;
                    case MULTILINGUAL -> TextSpec.Tokenizer.MULTILINGUAL;
                    case UNRECOGNIZED -> throw invalid("unknown tokenizer");
                },
                count(text.getMinTokenLen(), "min_token_len"),
                count(text.getMaxTokenLen(), "max_token_len"),
                !text.getKeepCase(),
                text.getAsciiFolding(),
                text.getPhraseMatching(),
                text.getStopLanguagesList().stream()
                        .map(language -> text(language, "a language"))
                        .toList(),
                text.getStopWordsList().stream()
                        .map(word -> text(word, "a stop word"))
                        .toList(),
                text(text.getStemmer(), "a language"));
    }

    public static FieldType fieldType(dev.vectorhub.engine.wire.v1.FieldType type) {
        if (type == dev.vectorhub.engine.wire.v1.FieldType.UNRECOGNIZED) {
            throw invalid("unknown field type");
        }
        return FieldType.valueOf(type.name());
    }

    /**
     * A name or key. One that is no well-formed UTF-16 would come out of the log as another string than it went in.
     *
     * @param what names the field in the message of an error
     */
    public static String text(String text, String what) {
        bound(text.length(), NAME_CHARS_MAX, "characters of " + what);
        return wellFormed(text, what);
    }

    /**
     * A payload key, so that a command with a malformed one is refused before it is logged.
     *
     * @throws EngineException {@code INVALID_ARGUMENT}, naming the path
     */
    static String path(String key) {
        try {
            FieldPath.parse(text(key, "a payload key"));
            return key;
        } catch (StoreException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    static String wellFormed(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean halved = Character.isHighSurrogate(c)
                    ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
            if (halved) {
                throw invalid(what + " holds half of a surrogate pair");
            }
        }
        return text;
    }

    /** A uint32 that fits an int. */
    static int count(int value, String what) {
        if (value < 0) {
            throw invalid(what + " is " + Integer.toUnsignedString(value) + ", at most " + Integer.MAX_VALUE);
        }
        return value;
    }

    public static void bound(int size, int max, String what) {
        if (size > max) {
            throw invalid("at most " + max + " " + what + ", these are " + size);
        }
    }

    static EngineException invalid(String message) {
        return new EngineException(RejectionCode.INVALID_ARGUMENT, message);
    }
}
