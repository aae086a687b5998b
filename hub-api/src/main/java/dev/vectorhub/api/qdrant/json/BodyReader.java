package dev.vectorhub.api.qdrant.json;

import dev.vectorhub.api.pipeline.EarlyBodies;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads a body into one array, of the right size from the start where the request says how long it is. */
@Provider
public class BodyReader implements ServerMessageBodyReader<Body> {

    /** Trusted of a length before any of the body is there: a header alone must not cost memory. */
    private static final int TRUSTED_MAX = 1 << 20;

    private static final int BYTES_MIN = 8_192;

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == Body.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Body.class;
    }

    @Override
    public Body readFrom(Class<Body> type, Type generic, MediaType media, ServerRequestContext context) {
        byte[] collected = EarlyBodies.of(((ResteasyReactiveRequestContext) context).unwrap(RoutingContext.class));
        if (collected != null) {
            return new Body(collected);
        }
        return read(context.getInputStream(), context.getRequestHeaders().getHeaderString("content-length"));
    }

    @Override
    public Body readFrom(
            Class<Body> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream in) {
        return read(in, headers.getFirst("content-length"));
    }

    private static Body read(InputStream in, String contentLength) {
        try {
            return whole(in, contentLength);
        } catch (IOException e) {
            // The length or the chunks that the request states are not what came, or its sender went away.
            throw BodyErrors.format("", "the body does not come to its end");
        }
    }

    private static Body whole(InputStream in, String contentLength) throws IOException {
        byte[] bytes = new byte[trusted(contentLength)];
        int filled = 0;
        while (true) {
            int n = in.readNBytes(bytes, filled, bytes.length - filled);
            filled += n;
            // A body of the length that was stated ends here, and nothing has been copied.
            int next = filled == bytes.length ? in.read() : -1;
            if (next < 0) {
                return new Body(filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled));
            }
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, BYTES_MIN));
            bytes[filled++] = (byte) next;
        }
    }

    private static int trusted(String contentLength) {
        try {
            return contentLength == null ? BYTES_MIN : Math.clamp(Long.parseLong(contentLength), 0, TRUSTED_MAX);
        } catch (NumberFormatException e) {
            return BYTES_MIN;
        }
    }
}
