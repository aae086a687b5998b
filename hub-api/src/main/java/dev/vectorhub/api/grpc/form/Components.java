package dev.vectorhub.api.grpc.form;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The numbers of a vector, unboxed. */
interface Components {

    float at(int index);

    /**
     * For the engine: binary32, little-endian.
     *
     * @param path names the vector in the message of an error
     * @throws dev.vectorhub.api.pipeline.TenantApiException 400 for a number that is not finite
     */
    static ByteString f32(Components data, int count, String path) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            float component = data.at(i);
            if (!Float.isFinite(component)) {
                throw BodyErrors.format(path + "[" + i + "]", "the number is not finite");
            }
            bytes.putFloat(component);
        }
        return UnsafeByteOperations.unsafeWrap(bytes.flip());
    }
}
