package dev.vectorhub.apibench;

import java.nio.ByteBuffer;

/** A stream of requests to one address. Bodies are written when they are sent: whole runs of them would not fit memory. */
interface Work {

    /** What the server is asked: an HTTP method and path, or a gRPC method. */
    String path();

    /** Bytes of the body of a request. */
    int size(long request);

    /** Puts exactly that many. */
    void write(long request, ByteBuffer out);

    /**
     * Takes an answer; most runs need none of it.
     *
     * @param body the answer's body, to be read from position to limit
     */
    default void answered(long request, ByteBuffer body) {}
}
