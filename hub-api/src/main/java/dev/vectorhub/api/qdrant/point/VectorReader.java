package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.MultiVector;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.VectorKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Vectors as bodies have them: a list of numbers, a list of such lists, an object with {@code indices} and {@code values},
 * or a text in their place.
 * Components become binary32, little-endian, as the engine takes them.
 */
public final class VectorReader {

    /** Components of the longest dense vector. */
    public static final int SIZE_MAX = 65_535;

    private static final VarHandle F32 = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private VectorReader() {}

    /**
     * Reads a vector that the collection has under that name.
     *
     * @throws TenantApiException 400 with Qdrant's sentence and the path for one of another size or kind
     */
    public static NamedVector read(JsonBody body, String name, VectorSchema schema, Documents documents) {
        if (!schema.has(name)) {
            throw VectorForms.unknown(name, body.path());
        }
        if (body.at(JsonToken.START_OBJECT)) {
            String path = body.path();
            String first = body.nextField();
            if (first != null && !SparseReader.isField(first)) {
                return text(body, first, name, schema, documents);
            }
            if (schema.kind(name) != VectorKind.SPARSE) {
                throw VectorForms.conversion("sparse", path);
            }
            return NamedVector.newBuilder()
                    .setName(name)
                    .setSparse(SparseReader.from(body, first))
                    .build();
        }
        NamedVector.Builder vector = NamedVector.newBuilder().setName(name);
        switch (schema.kind(name)) {
            case MULTI -> vector.setMulti(MultiReader.read(body, schema.size(name)));
            case SPARSE -> vector.setSparse(SparseReader.read(body));
            default -> vector.setF32(dense(body, schema.size(name)));
        }
        return vector.build();
    }

    /**
     * The vector of a text, where the body stands at the value of its first field.
     *
     * @throws TenantApiException 400 or 422 for a text that cannot be embedded, or whose vector the collection has not
     */
    static NamedVector text(JsonBody body, String first, String name, VectorSchema schema, Documents documents) {
        String path = body.pathAround(first);
        NamedVector vector = documents.read(body, first, path);
        VectorForms.check(VectorForms.input(vector), name, schema, path);
        NamedVector.Builder named = vector.toBuilder().setName(name);
        if (schema.kind(name) == VectorKind.MULTI) {
            named.setMulti(MultiVector.newBuilder().setF32(vector.getF32()).setRows(1));
        }
        return named.build();
    }

    private static ByteString dense(JsonBody body, int size) {
        if (!body.at(JsonToken.START_ARRAY)) {
            throw body.mismatch("a list of numbers");
        }
        byte[] out = new byte[size * Float.BYTES];
        int n = body.floats(out);
        if (n == size) {
            return UnsafeByteOperations.unsafeWrap(out);
        }
        if (n >= 0) {
            throw VectorForms.wrongSize(size, n, body.path());
        }
        n = 0;
        for (JsonToken t = body.next(); t != JsonToken.END_ARRAY; t = body.next()) {
            if (t == JsonToken.START_ARRAY) {
                throw VectorForms.conversion("multi", body.path());
            }
            float component = body.float32();
            if (n < size) {
                F32.set(out, n * Float.BYTES, component);
            }
            n++;
        }
        if (n != size) {
            throw VectorForms.wrongSize(size, n, body.path());
        }
        return UnsafeByteOperations.unsafeWrap(out);
    }

    /**
     * Reads a vector whose name, hence kind and size, is not known yet.
     *
     * @param guess of the components, where the buffer starts
     */
    public static QueryInput any(JsonBody body, int guess, Documents documents) {
        if (body.at(JsonToken.START_OBJECT)) {
            String path = body.path();
            String first = body.nextField();
            return first == null || SparseReader.isField(first)
                    ? QueryInput.newBuilder()
                            .setSparse(SparseReader.from(body, first))
                            .build()
                    : VectorForms.input(documents.read(body, first, path));
        }
        if (!body.at(JsonToken.START_ARRAY)) {
            throw body.mismatch("a list of numbers");
        }
        byte[] out = new byte[Math.max(guess, 1) * Float.BYTES];
        int n = body.floats(out);
        if (n >= 0) {
            return QueryInput.newBuilder()
                    .setF32(UnsafeByteOperations.unsafeWrap(out, 0, n * Float.BYTES))
                    .build();
        }
        JsonToken first = body.next();
        if (first == JsonToken.START_ARRAY) {
            return QueryInput.newBuilder()
                    .setMulti(MultiReader.rows(body, guess))
                    .build();
        }
        return QueryInput.newBuilder().setF32(rest(body, first, guess)).build();
    }

    /** Whether an object with this field is a sparse vector. */
    public static boolean isSparse(String field) {
        return SparseReader.isField(field);
    }

    /** A sparse vector of which the first field's name has been read. */
    public static QueryInput sparse(JsonBody body, String first) {
        return QueryInput.newBuilder().setSparse(SparseReader.from(body, first)).build();
    }

    /** The numbers of a list from the current token on. */
    static ByteString rest(JsonBody body, JsonToken first, int guess) {
        byte[] out = new byte[Math.max(guess, 1) * Float.BYTES];
        int n = 0;
        for (JsonToken t = first; t != JsonToken.END_ARRAY; t = body.next()) {
            float component = body.float32();
            if (n == SIZE_MAX) {
                throw body.format("a vector has at most " + SIZE_MAX + " numbers");
            }
            if (n * Float.BYTES == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            F32.set(out, n * Float.BYTES, component);
            n++;
        }
        return UnsafeByteOperations.unsafeWrap(out, 0, n * Float.BYTES);
    }
}
