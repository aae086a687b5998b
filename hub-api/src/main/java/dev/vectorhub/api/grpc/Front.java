package dev.vectorhub.api.grpc;

import com.google.protobuf.MessageLite;
import dev.vectorhub.api.pipeline.Accounts;
import dev.vectorhub.api.pipeline.OperationRegistry;
import dev.vectorhub.api.pipeline.PresentedKey;
import dev.vectorhub.api.pipeline.Refusals;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.api.qdrant.RequestBounds;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts {@link TenantPipeline} in front of each method that is bound through it. */
@Singleton
class Front {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final TenantPipeline pipeline;
    private final Accounts accounts;
    private final Refusals refusals;
    private final OperationRegistry operations;
    private final ExecutorService workers;
    private final long answerBytesMax;

    /** @param workers the pool that answers REST as well: its bounds hold for both together */
    @Inject
    Front(
            TenantPipeline pipeline,
            Accounts accounts,
            Refusals refusals,
            OperationRegistry operations,
            ExecutorService workers,
            RequestBounds bounds) {
        this.pipeline = pipeline;
        this.accounts = accounts;
        this.refusals = refusals;
        this.operations = operations;
        this.workers = workers;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    /** Binds the methods of one service. */
    Service service(ServiceDescriptor descriptor) {
        return new Service(descriptor);
    }

    /** A service in the making; it is complete only with all its methods. */
    final class Service {

        private final ServiceDescriptor service;
        private final List<ServerMethodDefinition<?, ?>> bound = new ArrayList<>();

        private Service(ServiceDescriptor service) {
            this.service = service;
        }

        /**
         * @param operation the name under which a resource method declares who may call and what it costs
         * @throws IllegalStateException where none does
         */
        <Q, R extends MessageLite> Service on(
                MethodDescriptor<Q, R> descriptor,
                String operation,
                Function<Q, @Nullable String> collection,
                UnaryHandler<Q, R> handler) {
            Method<Q, R> method = Method.of(descriptor, operations.named(operation), collection, handler);
            bound.add(ServerMethodDefinition.create(
                    descriptor.toBuilder(
                                    Incoming.marshaller(descriptor.getRequestMarshaller()),
                                    descriptor.getResponseMarshaller())
                            .build(),
                    (call, headers) -> {
                        Exchange<Q, R> exchange = new Exchange<>(Front.this, method, call, headers);
                        exchange.begin(PresentedKey.of(headers.get(API_KEY), headers.get(AUTHORIZATION)));
                        return exchange;
                    }));
            return this;
        }

        /** A method that is for operators: it answers the caller who may ask with the reason. */
        <Q, R extends MessageLite> Service refuse(
                MethodDescriptor<Q, R> descriptor,
                String operation,
                Function<Q, @Nullable String> collection,
                Supplier<TenantApiException> reason) {
            return on(descriptor, operation, collection, (call, request) -> {
                throw reason.get();
            });
        }

        /** @throws IllegalStateException where a method of the service is not bound */
        ServerServiceDefinition complete() {
            ServiceDescriptor.Builder descriptor =
                    ServiceDescriptor.newBuilder(service.getName()).setSchemaDescriptor(service.getSchemaDescriptor());
            bound.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
            if (bound.size() != service.getMethods().size()) {
                throw new IllegalStateException(service.getName() + " has methods that are not bound");
            }
            ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
            bound.forEach(definition::addMethod);
            return definition.build();
        }
    }

    TenantPipeline pipeline() {
        return pipeline;
    }

    Accounts accounts() {
        return accounts;
    }

    Refusals refusals() {
        return refusals;
    }

    ExecutorService workers() {
        return workers;
    }

    long answerBytesMax() {
        return answerBytesMax;
    }
}
