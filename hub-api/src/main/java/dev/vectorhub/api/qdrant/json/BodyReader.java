package dev.vectorhub.api.qdrant.json;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads a body into one array, of the right size from the start where the request says how long it is. */
@Provider
public class BodyReader implements ServerMessageBodyReader<Body> {

    /** Trusted of a length before any of the body is there: a header alone must not cost memory. */
    private static final int TRUSTED_MAX = 1 << 20;

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == Body.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Body.class;
    }

    @Override
    public Body readFrom(Class<Body> type, Type generic, MediaType media, ServerRequestContext context)
            throws IOException {
        return read(context.getInputStream(), context.getRequestHeaders().getHeaderString("content-length"));
    }

    @Override
    public Body readFrom(
            Class<Body> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        return read(in, headers.getFirst("content-length"));
    }

    private static Body read(InputStream in, String contentLength) throws IOException {
        int size = 8_192;
        if (contentLength != null) {
            try {
                // One more, so that the end is found without growing.
                size = (int) Math.min(Long.parseLong(contentLength), TRUSTED_MAX) + 1;
            } catch (NumberFormatException e) {
                size = 8_192;
            }
        }
        byte[] bytes = new byte[size];
        int filled = 0;
        for (int n = in.read(bytes, 0, size); n >= 0; n = in.read(bytes, filled, bytes.length - filled)) {
            filled += n;
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
        }
        return new Body(filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled));
    }
}
