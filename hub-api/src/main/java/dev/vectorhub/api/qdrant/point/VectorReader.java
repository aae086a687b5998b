package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.QueryInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Vectors as bodies have them: a list of numbers, a list of such lists, or an object with {@code indices} and {@code values}.
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
    public static NamedVector read(JsonBody body, String name, VectorSchema schema) {
        NamedVector.Builder vector = NamedVector.newBuilder().setName(name);
        switch (schema.kind(name)) {
            case MULTI -> vector.setMulti(MultiReader.read(body, schema.size(name)));
            case SPARSE -> vector.setSparse(SparseReader.read(body));
            default -> vector.setF32(dense(body, schema.size(name)));
        }
        return vector.build();
    }

    private static ByteString dense(JsonBody body, int size) {
        if (body.at(JsonToken.START_OBJECT)) {
            throw SparseReader.unwanted(body);
        }
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
    public static QueryInput any(JsonBody body, int guess) {
        if (body.at(JsonToken.START_OBJECT)) {
            return QueryInput.newBuilder().setSparse(SparseReader.read(body)).build();
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
