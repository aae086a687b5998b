package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.wire.v1.MultiVector;
import dev.vectorhub.engine.wire.v1.SparseVector;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors of every kind and their configurations. All errors are EngineException INVALID_ARGUMENT. */
public final class VectorCodec {
    private VectorCodec() {}

    /** Binary32, little-endian, 4 bytes a component. */
    public static float[] floats(ByteString f32) {
        float[] components = new float[components(f32)];
        f32.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(components);
        return components;
    }

    public static ByteString floats(float[] components) {
        byte[] bytes = new byte[components.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(components);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static int components(ByteString bytes) {
        if (bytes.size() % Float.BYTES != 0) {
            throw invalid("a vector has 4 bytes a component, " + bytes.size() + " is no multiple of it");
        }
        return bytes.size() / Float.BYTES;
    }

    static VectorValue dense(ByteString f32) {
        return new VectorValue.Dense(floats(f32));
    }

    static VectorValue multi(MultiVector multi) {
        float[] components = floats(multi.getF32());
        int rows = count(multi.getRows(), "rows");
        if (rows == 0 || components.length % rows != 0) {
            throw invalid("a multivector of " + components.length + " components cannot have " + rows + " rows");
        }
        return new VectorValue.Multi(components, rows);
    }

    static VectorValue sparse(SparseVector sparse) {
        int[] indices = new int[components(sparse.getIndices())];
        sparse.getIndices()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(indices);
        float[] values = floats(sparse.getValues());
        if (indices.length != values.length) {
            throw invalid("a sparse vector has a value for each index, this one has " + values.length + " for "
                    + indices.length);
        }
        return new VectorValue.Sparse(indices, values);
    }

    private static MultiVector multi(VectorValue.Multi multi) {
        return MultiVector.newBuilder()
                .setF32(floats(multi.components()))
                .setRows(multi.rows())
                .build();
    }

    private static SparseVector sparse(VectorValue.Sparse sparse) {
        byte[] indices = new byte[sparse.indices().length * Integer.BYTES];
        ByteBuffer.wrap(indices).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(sparse.indices());
        return SparseVector.newBuilder()
                .setIndices(UnsafeByteOperations.unsafeWrap(indices))
                .setValues(floats(sparse.values()))
                .build();
    }

    static NamedVector named(dev.vectorhub.engine.wire.v1.NamedVector vector) {
        return new NamedVector(
                text(vector.getName(), "a vector's name"),
                switch (vector.getVectorCase()) {
                    case F32 -> dense(vector.getF32());
                    case MULTI -> multi(vector.getMulti());
                    case SPARSE -> sparse(vector.getSparse());
                    case VECTOR_NOT_SET -> throw invalid("a vector is dense, multi or sparse, this one is none");
                });
    }

    static dev.vectorhub.engine.wire.v1.NamedVector named(NamedVector vector) {
        var wire = dev.vectorhub.engine.wire.v1.NamedVector.newBuilder().setName(vector.name());
        return switch (vector.value()) {
            case VectorValue.Dense(float[] components) ->
                wire.setF32(floats(components)).build();
            case VectorValue.Multi multi -> wire.setMulti(multi(multi)).build();
            case VectorValue.Sparse sparse -> wire.setSparse(sparse(sparse)).build();
        };
    }

    static VectorConfig config(VectorParams vector) {
        return new VectorConfig(
                text(vector.getName(), "a vector's name"),
                switch (vector.getKind()) {
                    case DENSE -> VectorKind.DENSE;
                    case MULTI -> VectorKind.MULTI;
                    case SPARSE -> VectorKind.SPARSE;
                    case UNRECOGNIZED -> throw invalid("unknown kind of vector");
                },
                count(vector.getSize(), "a vector's size"),
                switch (vector.getDistance()) {
                    case COSINE -> Distance.COSINE;
                    case DOT -> Distance.DOT;
                    case EUCLID -> Distance.EUCLID;
                    case MANHATTAN -> Distance.MANHATTAN;
                    case UNRECOGNIZED -> throw invalid("unknown distance");
                },
                switch (vector.getDatatype()) {
                    case FLOAT32 -> Datatype.FLOAT32;
                    case FLOAT16 -> Datatype.FLOAT16;
                    case UINT8 -> Datatype.UINT8;
                    case UNRECOGNIZED -> throw invalid("unknown datatype");
                },
                switch (vector.getModifier()) {
                    case UNMODIFIED -> Modifier.NONE;
                    case IDF -> Modifier.IDF;
                    case UNRECOGNIZED -> throw invalid("unknown modifier");
                },
                ModelCodec.hnsw(vector.getHnsw()));
    }

    static VectorParams params(VectorConfig vector) {
        return VectorParams.newBuilder()
                .setName(vector.name())
                .setKind(dev.vectorhub.engine.wire.v1.VectorKind.valueOf(
                        vector.kind().name()))
                .setSize(vector.size())
                .setDistance(dev.vectorhub.engine.wire.v1.Distance.valueOf(
                        vector.distance().name()))
                .setDatatype(dev.vectorhub.engine.wire.v1.Datatype.valueOf(
                        vector.datatype().name()))
                .setModifier(
                        switch (vector.modifier()) {
                            case NONE -> dev.vectorhub.engine.wire.v1.Modifier.UNMODIFIED;
                            case IDF -> dev.vectorhub.engine.wire.v1.Modifier.IDF;
                        })
                .setHnsw(ModelCodec.hnsw(vector.hnsw()))
                .build();
    }
}
