package dev.vectorhub.api.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a call brought: a message, or bytes that are none. A parser's exception would end the call as if the server had failed,
 * before anything of ours could answer.
 *
 * @param message null where the bytes are no message of the type
 */
record Incoming<Q>(@Nullable Q message) {

    static <Q> MethodDescriptor.Marshaller<Incoming<Q>> marshaller(MethodDescriptor.Marshaller<Q> messages) {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(Incoming<Q> value) {
                throw new UnsupportedOperationException("a server sends no requests");
            }

            @Override
            public Incoming<Q> parse(InputStream stream) {
                try {
                    return new Incoming<>(messages.parse(stream));
                } catch (StatusRuntimeException e) {
                    return new Incoming<>(null);
                }
            }
        };
    }
}
