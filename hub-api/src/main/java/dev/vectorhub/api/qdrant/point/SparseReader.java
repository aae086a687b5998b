package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.SparseVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sparse vectors: {@code {"indices":[…],"values":[…]}}, in any order of indices. */
final class SparseReader {

    private static final VarHandle F32 = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long INDEX_MAX = 0xFFFF_FFFFL;
    private static final int FIRST_BYTES = 64 * Integer.BYTES;

    private SparseReader() {}

    /** Reads one or the other list; the element is the current token. */
    private interface Element {
        void put(byte[] out, int offset);
    }

    /** Whether a field is one of a sparse vector's. */
    static boolean isField(@Nullable String field) {
        return "indices".equals(field) || "values".equals(field);
    }

    /** @throws TenantApiException 400 or 422 with the path */
    static SparseVector read(JsonBody body) {
        if (!body.at(JsonToken.START_OBJECT)) {
            throw body.at(JsonToken.START_ARRAY)
                    ? VectorForms.conversion("sparse", body.path())
                    : body.mismatch("an object with `indices` and `values`");
        }
        return from(body, body.nextField());
    }

    /** The rest of an object from its first field on, whose value is the current token. */
    static SparseVector from(JsonBody body, @Nullable String first) {
        ByteString indices = null;
        ByteString values = null;
        for (String field = first; field != null; field = body.nextField()) {
            switch (field) {
                case "indices" -> {
                    if (indices != null) {
                        throw body.format("duplicate field");
                    }
                    indices = list(body, (out, at) -> U32.set(out, at, index(body)));
                }
                case "values" -> {
                    if (values != null) {
                        throw body.format("duplicate field");
                    }
                    values = list(body, (out, at) -> F32.set(out, at, body.float32()));
                }
                default -> body.skip();
            }
        }
        if (indices == null) {
            throw body.missing("indices");
        }
        if (values == null) {
            throw body.missing("values");
        }
        SparseVector vector =
                SparseVector.newBuilder().setIndices(indices).setValues(values).build();
        VectorForms.check(vector, body.path());
        return vector;
    }

    private static int index(JsonBody body) {
        long index = body.int64();
        if (index < 0 || index > INDEX_MAX) {
            throw body.format("an index is from 0 to " + INDEX_MAX);
        }
        return (int) index;
    }

    private static ByteString list(JsonBody body, Element element) {
        body.expectArray();
        byte[] out = new byte[FIRST_BYTES];
        int n = 0;
        while (body.nextElement()) {
            if (n == VectorForms.SPARSE_MAX) {
                throw body.format("a sparse vector has at most " + VectorForms.SPARSE_MAX + " components");
            }
            if (n * Integer.BYTES == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            element.put(out, n * Integer.BYTES);
            n++;
        }
        return UnsafeByteOperations.unsafeWrap(out, 0, n * Integer.BYTES);
    }
}
