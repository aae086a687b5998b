package dev.vectorhub.api.grpc;

import dev.vectorhub.api.qdrant.RootResource;
import grpc.health.v1.HealthCheck.HealthCheckRequest;
import grpc.health.v1.HealthCheck.HealthCheckResponse;
import grpc.health.v1.HealthGrpc;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass;

/** What anybody may ask, as over REST: which version this is, and whether it lives. It tells nothing of any tenant. */
final class PublicServices {

    private PublicServices() {}

    static BindableService version() {
        return new QdrantGrpc.QdrantImplBase() {
            @Override
            public void healthCheck(
                    QdrantOuterClass.HealthCheckRequest request,
                    StreamObserver<QdrantOuterClass.HealthCheckReply> answer) {
                answer.onNext(QdrantOuterClass.HealthCheckReply.newBuilder()
                        .setTitle(RootResource.TITLE)
                        .setVersion(RootResource.API_VERSION)
                        .build());
                answer.onCompleted();
            }
        };
    }

    /** The server listens only while the hub serves. */
    static BindableService health() {
        return new HealthGrpc.HealthImplBase() {
            @Override
            public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
                answer.onNext(HealthCheckResponse.newBuilder()
                        .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                        .build());
                answer.onCompleted();
            }
        };
    }
}
