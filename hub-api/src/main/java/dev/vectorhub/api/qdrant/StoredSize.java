package dev.vectorhub.api.qdrant;

import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Datatype;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;

/** How the bytes of a collection divide into vectors, ids and payload; as near as its figures tell. */
final class StoredSize {

    /** Of a numbered point; one with a UUID has twice that. */
    private static final int ID_BYTES = 8;

    private StoredSize() {}

    /**
     * Bytes of vectors, if every point has all of its dense ones. Sparse vectors and multi-vectors are as long as they are: where
     * a collection has such, all that is no id and, about, no payload.
     */
    static long vectors(CollectionInfo info) {
        long ofPoint = 0;
        for (VectorParams vector : info.getSpec().getVectorsList()) {
            if (vector.getKind() != VectorKind.DENSE) {
                return Math.max(0, info.getLogicalBytes() - ids(info) - info.getPayloadBytes());
            }
            ofPoint += (long) vector.getSize() * bytes(vector.getDatatype());
        }
        return Math.min(ofPoint * info.getPoints(), info.getLogicalBytes() - ids(info));
    }

    private static int bytes(Datatype datatype) {
        return switch (datatype) {
            case FLOAT16 -> Short.BYTES;
            case UINT8 -> Byte.BYTES;
            default -> Float.BYTES;
        };
    }

    static long ids(CollectionInfo info) {
        return Math.min(info.getLogicalBytes(), ID_BYTES * info.getPoints());
    }
}
