package dev.vectorhub.api.grpc;

import com.google.protobuf.MessageLite;
import dev.vectorhub.api.pipeline.Operation;
import io.grpc.MethodDescriptor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method of a service, and the declared operation that it is.
 *
 * @param collection the collection that a request names; null where it names none
 */
record Method<Q, R extends MessageLite>(
        MethodDescriptor<Q, R> descriptor,
        Operation operation,
        Function<Q, @Nullable String> collection,
        UnaryHandler<Q, R> handler) {}
