package dev.vectorhub.api.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import dev.vectorhub.api.pipeline.Operation;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import io.grpc.MethodDescriptor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method of a service, and the declared operation that it is.
 *
 * @param collection the collection that a request names; null where it names none
 * @param endpoint the method's full name, as the request's path has it
 * @param timeout the field with the seconds that its caller waits; null where it has none
 */
record Method<Q, R extends MessageLite>(
        MethodDescriptor<Q, R> descriptor,
        Operation operation,
        Function<Q, @Nullable String> collection,
        String endpoint,
        @Nullable FieldDescriptor timeout,
        UnaryHandler<Q, R> handler) {

    static <Q, R extends MessageLite> Method<Q, R> of(
            MethodDescriptor<Q, R> descriptor,
            Operation operation,
            Function<Q, @Nullable String> collection,
            UnaryHandler<Q, R> handler) {
        FieldDescriptor timeout =
                descriptor.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<Q> marshaller
                                && marshaller.getMessagePrototype() instanceof Message message
                        ? message.getDescriptorForType().findFieldByName("timeout")
                        : null;
        return new Method<>(descriptor, operation, collection, "/" + descriptor.getFullMethodName(), timeout, handler);
    }

    /**
     * Seconds that the caller waits; 0 where it does not say.
     *
     * @throws TenantApiException 422
     */
    long timeoutSeconds(Q request) {
        if (timeout == null || !(request instanceof Message message) || !message.hasField(timeout)) {
            return 0;
        }
        long seconds = (Long) message.getField(timeout);
        if (seconds == 0) {
            throw BodyErrors.invalid("timeout", "value 0 invalid, must be 1 or larger");
        }
        // Unsigned: what does not fit is longer than anybody waits.
        return seconds < 0 ? Long.MAX_VALUE : seconds;
    }
}
