package dev.vectorhub.api;

import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/** How tests reach the hub over gRPC. */
public final class Calls {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private Calls() {}

    /** A channel to this machine. */
    public static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    /** Sends the key with each call. */
    public static ClientInterceptor with(String key) {
        Metadata headers = new Metadata();
        headers.put(API_KEY, key);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
