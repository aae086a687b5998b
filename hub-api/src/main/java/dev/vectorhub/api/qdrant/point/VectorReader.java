package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.JsonBody;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Dense vectors: lists of numbers into binary32, little-endian, as the engine takes them. */
public final class VectorReader {

    /** Components of the longest vector. */
    public static final int SIZE_MAX = 65_535;

    private static final VarHandle F32 = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private VectorReader() {}

    /**
     * Reads a vector that must have {@code size} components.
     *
     * @throws TenantApiException 400 with Qdrant's sentence and the path for another number of them
     */
    public static ByteString read(JsonBody body, int size) {
        begin(body);
        byte[] out = new byte[size * Float.BYTES];
        int n = body.floats(out);
        if (n == size) {
            return UnsafeByteOperations.unsafeWrap(out);
        }
        if (n >= 0) {
            throw wrongSize(size, n, body.path());
        }
        n = 0;
        for (JsonToken t = body.next(); t != JsonToken.END_ARRAY; t = body.next()) {
            float component = component(body, t);
            if (n < size) {
                F32.set(out, n * Float.BYTES, component);
            }
            n++;
        }
        if (n != size) {
            throw wrongSize(size, n, body.path());
        }
        return UnsafeByteOperations.unsafeWrap(out);
    }

    /** Reads a vector whose size is not known yet; {@code guess} is where the buffer starts. */
    public static ByteString readAny(JsonBody body, int guess) {
        begin(body);
        byte[] out = new byte[Math.max(guess, 1) * Float.BYTES];
        int n = body.floats(out);
        if (n >= 0) {
            return UnsafeByteOperations.unsafeWrap(out, 0, n * Float.BYTES);
        }
        n = 0;
        for (JsonToken t = body.next(); t != JsonToken.END_ARRAY; t = body.next()) {
            float component = component(body, t);
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

    /** 400, as Qdrant says it, with the path behind. */
    public static TenantApiException wrongSize(int expected, int got, String path) {
        return TenantApiException.wrongInput("Vector dimension error: expected dim: " + expected + ", got " + got
                + (path.isEmpty() ? "" : " (" + path + ")"));
    }

    private static void begin(JsonBody body) {
        switch (body.token()) {
            case START_ARRAY -> {}
            case START_OBJECT -> throw body.unsupported("sparse vectors and inference are");
            default -> throw body.mismatch("a list of numbers");
        }
    }

    private static float component(JsonBody body, JsonToken token) {
        if (token == JsonToken.START_ARRAY) {
            throw body.unsupported("multivectors are");
        }
        return body.float32();
    }
}
