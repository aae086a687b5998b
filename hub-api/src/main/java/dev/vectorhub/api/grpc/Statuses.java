package dev.vectorhub.api.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.vectorhub.api.pipeline.ApiError;
import dev.vectorhub.problem.ProblemType;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

/**
 * Errors as gRPC says them: a code, the sentence, and as details (google.rpc, AIP-193) the problem's name with its members
 * and when to retry. The header {@code retry-after} stands beside, where Qdrant's clients look for it.
 */
final class Statuses {

    static final String DOMAIN = "vectorhub";

    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of(
            "grpc-status-details-bin" /* the name is the protocol's */,
            ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    private Statuses() {}

    static Status status(ApiError error) {
        return code(error).toStatus().withDescription(error.detail());
    }

    static Status.Code code(ApiError error) {
        ProblemType type = error.type();
        if (type == ProblemType.QUOTA_EXCEEDED || type == ProblemType.STORAGE_FULL) {
            return Status.Code.RESOURCE_EXHAUSTED;
        }
        return switch (error.status()) {
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404 -> Status.Code.NOT_FOUND;
            case 408 -> Status.Code.DEADLINE_EXCEEDED;
            case 409 -> Status.Code.ALREADY_EXISTS;
            case 412 -> Status.Code.FAILED_PRECONDITION;
            case 429 -> Status.Code.RESOURCE_EXHAUSTED;
            case 501 -> Status.Code.UNIMPLEMENTED;
            case 503 -> Status.Code.UNAVAILABLE;
            default -> error.status() < 500 ? Status.Code.INVALID_ARGUMENT : Status.Code.INTERNAL;
        };
    }

    static Metadata trailers(ApiError error) {
        Metadata trailers = new Metadata();
        com.google.rpc.Status.Builder details =
                com.google.rpc.Status.newBuilder().setCode(code(error).value()).setMessage(error.detail());
        ProblemType type = error.type();
        if (type != null) {
            ErrorInfo.Builder info =
                    ErrorInfo.newBuilder().setReason(type.name()).setDomain(DOMAIN);
            error.members().forEach((name, value) -> info.putMetadata(name, String.valueOf(value)));
            details.addDetails(Any.pack(info.build()));
        }
        Long seconds = error.retryAfterSeconds();
        if (seconds != null) {
            trailers.put(RETRY_AFTER, Long.toString(seconds));
            details.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder().setSeconds(seconds))
                    .build()));
        }
        if (details.getDetailsCount() > 0) {
            trailers.put(DETAILS, details.build());
        }
        return trailers;
    }
}
