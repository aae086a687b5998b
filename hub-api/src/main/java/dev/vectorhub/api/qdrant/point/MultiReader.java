package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.MultiVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Multi-vectors: a list of rows, each a list of equally many numbers. */
final class MultiReader {

    /** Components of all rows, as in Qdrant. */
    static final int COMPONENTS_MAX = 1 << 20;

    private static final VarHandle F32 = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private MultiReader() {}

    /**
     * Reads a multi-vector of rows of so many components; a list of numbers is a row alone.
     *
     * @throws TenantApiException 400 with Qdrant's sentence and the path
     */
    static MultiVector read(JsonBody body, int size) {
        if (!body.at(JsonToken.START_ARRAY)) {
            throw body.mismatch("a list of lists of numbers");
        }
        JsonToken first = body.next();
        MultiVector multi = first == JsonToken.START_ARRAY
                ? rows(body, size)
                : MultiVector.newBuilder()
                        .setF32(VectorReader.rest(body, first, size))
                        .setRows(1)
                        .build();
        int found = multi.getF32().size() / Float.BYTES / multi.getRows();
        if (found != size) {
            throw VectorForms.wrongSize(size, found, body.path());
        }
        return multi;
    }

    /**
     * The rows from the current one on.
     *
     * @param guess components of a row
     */
    static MultiVector rows(JsonBody body, int guess) {
        byte[] out = new byte[Math.max(guess, 1) * 8 * Float.BYTES];
        int n = 0;
        int rows = 0;
        int size = 0;
        for (JsonToken t = JsonToken.START_ARRAY; t != JsonToken.END_ARRAY; t = body.next()) {
            body.expectArray();
            int start = n;
            while (body.nextElement()) {
                float component = body.float32();
                if (n == COMPONENTS_MAX) {
                    throw body.format("a multivector has at most " + COMPONENTS_MAX + " numbers");
                }
                if (n * Float.BYTES == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
                F32.set(out, n * Float.BYTES, component);
                n++;
            }
            size = rows == 0 ? n : size;
            rows++;
            if (n - start != size || size == 0) {
                throw VectorForms.wrongSize(Math.max(1, size), n - start, body.path());
            }
        }
        ByteString f32 = UnsafeByteOperations.unsafeWrap(out, 0, n * Float.BYTES);
        return MultiVector.newBuilder().setF32(f32).setRows(rows).build();
    }
}
