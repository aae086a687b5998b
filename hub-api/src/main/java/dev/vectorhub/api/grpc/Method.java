package dev.vectorhub.api.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import dev.vectorhub.api.pipeline.Operation;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import io.grpc.MethodDescriptor;
import io.qdrant.client.grpc.Points.ReadConsistency;
import io.qdrant.client.grpc.Points.ReadConsistencyType;
import io.qdrant.client.grpc.Points.WriteOrdering;
import io.qdrant.client.grpc.Points.WriteOrderingType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method of a service, and the declared operation that it is.
 *
 * @param collection the collection that a request names; null where it names none
 * @param endpoint the method's full name, as the request's path has it
 * @param timeout the field with the seconds that its caller waits; null where it has none
 * @param consistency the field with what a read wants of copies; null where it has none
 * @param ordering the field with what a write wants of them; null where it has none
 */
record Method<Q, R extends MessageLite>(
        MethodDescriptor<Q, R> descriptor,
        Operation operation,
        Function<Q, @Nullable String> collection,
        String endpoint,
        @Nullable FieldDescriptor timeout,
        @Nullable FieldDescriptor consistency,
        @Nullable FieldDescriptor ordering,
        UnaryHandler<Q, R> handler) {

    static <Q, R extends MessageLite> Method<Q, R> of(
            MethodDescriptor<Q, R> descriptor,
            Operation operation,
            Function<Q, @Nullable String> collection,
            UnaryHandler<Q, R> handler) {
        return new Method<>(
                descriptor,
                operation,
                collection,
                "/" + descriptor.getFullMethodName(),
                field(descriptor, "timeout"),
                field(descriptor, "read_consistency"),
                field(descriptor, "ordering"),
                handler);
    }

    private static @Nullable FieldDescriptor field(MethodDescriptor<?, ?> descriptor, String name) {
        return descriptor.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<?> marshaller
                        && marshaller.getMessagePrototype() instanceof Message message
                ? message.getDescriptorForType().findFieldByName(name)
                : null;
    }

    /**
     * Checks what the caller wants of copies. There is one, and the log orders all writes of a tenant, so that it has whatever it
     * may want.
     *
     * @throws TenantApiException 400 or 422
     */
    void copies(Q request) {
        if (given(request, ordering) instanceof WriteOrdering wanted
                && wanted.getType() == WriteOrderingType.UNRECOGNIZED) {
            throw TenantApiException.wrongInput("ordering.type: unknown value " + wanted.getTypeValue()
                    + ", expected 0 (Weak), 1 (Medium) or 2 (Strong)");
        }
        if (given(request, consistency) instanceof ReadConsistency wanted) {
            switch (wanted.getValueCase()) {
                case TYPE -> {
                    if (wanted.getType() == ReadConsistencyType.UNRECOGNIZED) {
                        throw TenantApiException.wrongInput("read_consistency.type: unknown value "
                                + wanted.getTypeValue() + ", expected 0 (All), 1 (Majority) or 2 (Quorum)");
                    }
                }
                case FACTOR -> {
                    if (wanted.getFactor() == 0) {
                        throw BodyErrors.invalid("read_consistency.factor", "value 0 invalid, must be 1 or larger");
                    }
                }
                case VALUE_NOT_SET ->
                    throw TenantApiException.wrongInput("read_consistency: expected one of `type`, `factor`");
            }
        }
    }

    private static @Nullable Object given(Object request, @Nullable FieldDescriptor field) {
        return field != null && request instanceof Message message && message.hasField(field)
                ? message.getField(field)
                : null;
    }

    /**
     * Seconds that the caller waits; 0 where it does not say.
     *
     * @throws TenantApiException 422
     */
    long timeoutSeconds(Q request) {
        if (!(given(request, timeout) instanceof Long seconds)) {
            return 0;
        }
        if (seconds == 0) {
            throw BodyErrors.invalid("timeout", "value 0 invalid, must be 1 or larger");
        }
        // Unsigned: what does not fit is longer than anybody waits.
        return seconds < 0 ? Long.MAX_VALUE : seconds;
    }
}
