package dev.vectorhub.api.qdrant.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.Bm25Options;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.SparseVector;
import dev.vectorhub.inference.Bm25;
import dev.vectorhub.inference.TextEmbedder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request has in the places of vectors: {@code {"text", "model", "options"}}.
 *
 * <p>A request with texts for a neural model is read twice. The first reading checks everything and collects them, each
 * once; it sees a vector of zeros in the place of each. When they have been embedded, all together, the second reading sees
 * their vectors. So nothing is embedded for a request that is wrong, and readers need no second way of putting vectors in.
 * Words are counted at once.
 */
public final class Documents {

    /** What the vectors are for: BM25 has others for what is stored than for what is sought. */
    public enum Use {
        STORED,
        SOUGHT
    }

    private static final String BM25 = "Qdrant/bm25";
    private static final String MODELS = "the models are " + TextEmbedder.MODEL + " and " + BM25;

    /** In lower case: how its makers, fastembed and Qdrant spell it. */
    private static final Set<String> MINI_LM = Set.of(
            "sentence-transformers/all-minilm-l6-v2",
            "all-minilm-l6-v2",
            "qdrant/all-minilm-l6-v2",
            "qdrant/all-minilm-l6-v2-onnx");

    private static final Set<String> FIELDS = Set.of("text", "image", "object", "model", "options");
    private static final Set<String> BM25_NAMES = Set.of("qdrant/bm25", "bm25");
    private static final NamedVector ZEROS = NamedVector.newBuilder()
            .setF32(UnsafeByteOperations.unsafeWrap(new byte[TextEmbedder.SIZE * Float.BYTES]))
            .build();

    private final Use use;
    private final int textsMax;
    private final Map<String, NamedVector> texts = new LinkedHashMap<>();

    /** @param textsMax texts to embed at most; those of BM25 are not counted */
    public Documents(Use use, int textsMax) {
        this.use = use;
        this.textsMax = textsMax;
    }

    /**
     * The vector of the object that begins where the body stands.
     *
     * @throws TenantApiException 400 or 422 with the path
     */
    public NamedVector read(JsonBody body) {
        String path = body.path();
        return of(body.tree(), path);
    }

    /** Whether an object that names this field stands for a vector, where no vector has that name. */
    public static boolean isField(String name) {
        return FIELDS.contains(name);
    }

    /** The same where the body stands at the value of the object's first field. */
    public NamedVector read(JsonBody body, String first, String path) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (@Nullable String field = first; field != null; field = body.nextField()) {
            object.set(field, body.tree());
        }
        return of(object, path);
    }

    /** The same of a tree. */
    public NamedVector of(JsonNode object, String path) {
        String model = string(object, "model", path);
        if (object.has("image") || object.has("object")) {
            throw TenantApiException.wrongInput(
                    path + ": only texts can be embedded, no images and no objects; " + MODELS);
        }
        String text = string(object, "text", path);
        JsonNode options = object.path("options");
        if (!options.isMissingNode() && !options.isNull() && !options.isObject()) {
            throw BodyErrors.format(at(path, "options"), "expected an object");
        }
        String known = model.toLowerCase(Locale.ROOT);
        if (BM25_NAMES.contains(known)) {
            return sparse(text, Bm25Options.read(options, at(path, "options")));
        }
        if (MINI_LM.contains(known)) {
            return dense(text, path);
        }
        throw TenantApiException.wrongInput(
                at(path, "model") + ": unknown model \"" + BodyErrors.shown(model) + "\"; " + MODELS);
    }

    private static String at(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String string(JsonNode object, String field, String path) {
        JsonNode value = object.path(field);
        if (value.isMissingNode()) {
            throw BodyErrors.format(path, "missing field `" + field + "`");
        }
        if (!value.isTextual()) {
            throw BodyErrors.format(at(path, field), "expected a string");
        }
        return value.textValue();
    }

    private NamedVector dense(String text, String path) {
        NamedVector vector = texts.putIfAbsent(text, ZEROS);
        if (texts.size() > textsMax) {
            throw BodyErrors.invalid(path, "a request has at most " + textsMax + " texts to embed");
        }
        return vector == null ? ZEROS : vector;
    }

    private NamedVector sparse(String text, Bm25 bm25) {
        dev.vectorhub.inference.SparseVector vector = use == Use.STORED ? bm25.document(text) : bm25.query(text);
        int count = vector.indices().length;
        ByteBuffer indices = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        indices.asIntBuffer().put(vector.indices());
        return NamedVector.newBuilder()
                .setSparse(SparseVector.newBuilder()
                        .setIndices(UnsafeByteOperations.unsafeWrap(indices))
                        .setValues(bytes(vector.values())))
                .build();
    }

    /** The texts to embed, each once, in their order. */
    List<String> texts() {
        return List.copyOf(texts.keySet());
    }

    /** What the second reading sees. */
    void embedded(float[][] vectors) {
        int i = 0;
        for (Map.Entry<String, NamedVector> text : texts.entrySet()) {
            text.setValue(NamedVector.newBuilder().setF32(bytes(vectors[i++])).build());
        }
    }

    private static ByteString bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
