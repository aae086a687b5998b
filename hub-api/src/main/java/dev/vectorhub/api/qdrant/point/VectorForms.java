package dev.vectorhub.api.qdrant.point;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.SparseVector;
import dev.vectorhub.engine.wire.v1.VectorKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What holds for vectors of the engine's form, whatever transport brought them. */
public final class VectorForms {

    /** Components of a sparse vector. */
    public static final int SPARSE_MAX = 1 << 17;

    private VectorForms() {}

    /** 400, as Qdrant says it, with the path behind: a name that the collection has not. */
    public static TenantApiException unknown(String name, String path) {
        return TenantApiException.wrongInput(
                "Not existing vector name error: " + BodyErrors.shown(name) + behind(path));
    }

    /** 400, as Qdrant says it, with the path behind. */
    public static TenantApiException wrongSize(int expected, int got, String path) {
        return TenantApiException.wrongInput(
                "Vector dimension error: expected dim: " + expected + ", got " + got + behind(path));
    }

    /**
     * 400, as Qdrant says it: a vector of another kind than the collection has under that name.
     *
     * @param which of both is no regular one: {@code multi} or {@code sparse}
     */
    public static TenantApiException conversion(String which, String path) {
        return TenantApiException.wrongInput(
                "Conversion between " + which + " and regular vectors failed" + behind(path));
    }

    private static String behind(String path) {
        return path.isEmpty() ? "" : " (" + path + ")";
    }

    /**
     * Checks what the reader of a sparse vector cannot see before its end.
     *
     * @throws TenantApiException 422 for lists of different lengths or an index that is given twice
     */
    public static void check(SparseVector vector, String path) {
        int count = vector.getIndices().size() / Integer.BYTES;
        if (vector.getValues().size() != vector.getIndices().size()) {
            throw BodyErrors.invalid(path, "must be the same length as indices");
        }
        ByteBuffer indices = vector.getIndices().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        boolean ascending = true;
        for (int i = 1; ascending && i < count; i++) {
            ascending = Integer.compareUnsigned(indices.getInt(4 * (i - 1)), indices.getInt(4 * i)) < 0;
        }
        if (!ascending) {
            int[] sorted = new int[count];
            indices.asIntBuffer().get(sorted);
            Arrays.sort(sorted);
            for (int i = 1; i < count; i++) {
                if (sorted[i] == sorted[i - 1]) {
                    throw BodyErrors.invalid(path, "must be unique");
                }
            }
        }
    }

    /**
     * Checks a vector of a query once its name is known; a dense one stands for a multi-vector of one row.
     *
     * @throws TenantApiException 400 for one of another kind or size
     */
    public static void check(QueryInput input, String name, VectorSchema schema, String path) {
        if (!schema.has(name)) {
            throw unknown(name, path);
        }
        VectorKind kind = schema.kind(name);
        int size = schema.size(name);
        switch (input.getKindCase()) {
            case F32 -> {
                if (kind == VectorKind.SPARSE) {
                    throw conversion("sparse", path);
                }
                requireSize(size, input.getF32(), 1, path);
            }
            case MULTI -> {
                if (kind != VectorKind.MULTI) {
                    throw conversion("multi", path);
                }
                requireSize(size, input.getMulti().getF32(), input.getMulti().getRows(), path);
            }
            case SPARSE -> {
                if (kind != VectorKind.SPARSE) {
                    throw conversion("sparse", path);
                }
            }
            case ID, KIND_NOT_SET -> {}
        }
    }

    private static void requireSize(int size, ByteString f32, int rows, String path) {
        int found = f32.size() / Float.BYTES / rows;
        if (found != size) {
            throw wrongSize(size, found, path);
        }
    }

    /** The vector of a point as a query's. */
    public static QueryInput input(NamedVector vector) {
        QueryInput.Builder input = QueryInput.newBuilder();
        return switch (vector.getVectorCase()) {
            case MULTI -> input.setMulti(vector.getMulti()).build();
            case SPARSE -> input.setSparse(vector.getSparse()).build();
            case F32, VECTOR_NOT_SET -> input.setF32(vector.getF32()).build();
        };
    }

    /** 4 bytes a component, and as many an index. */
    public static long bytes(NamedVector vector) {
        return switch (vector.getVectorCase()) {
            case MULTI -> vector.getMulti().getF32().size();
            case SPARSE ->
                (long) vector.getSparse().getIndices().size()
                        + vector.getSparse().getValues().size();
            case F32, VECTOR_NOT_SET -> vector.getF32().size();
        };
    }
}
