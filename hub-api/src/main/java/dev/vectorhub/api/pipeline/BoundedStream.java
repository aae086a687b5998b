package dev.vectorhub.api.pipeline;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that does not say how long it is: where it has more bytes than are accepted it is refused with 413, and read no further. */
final class BoundedStream extends FilterInputStream {

    private final RoutingContext http;
    private long left;

    BoundedStream(InputStream in, long bytesMax, RoutingContext http) {
        super(in);
        this.left = bytesMax;
        this.http = http;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        left -= Math.max(0, read);
        if (left < 0) {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            http.addEndHandler(ended -> http.request().connection().close());
            throw new WebApplicationException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return read;
    }
}
