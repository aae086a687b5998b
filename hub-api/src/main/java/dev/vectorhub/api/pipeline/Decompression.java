package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Reads bodies that clients have compressed. The server underneath could do it, but would close the connection where bytes are
 * not what the header says: here such a request is answered.
 */
@Provider
@Priority(FilterPriorities.DECOMPRESSION)
class Decompression implements ContainerRequestFilter {

    private final ErrorResponses errors;

    @Inject
    Decompression(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        RoutingContext http = ((ResteasyReactiveRequestContext)
                        ((ResteasyReactiveContainerRequestContext) context).getServerRequestContext())
                .unwrap(RoutingContext.class);
        String encoding = http.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null) {
            return;
        }
        Long bytesMax = http.get(VertxInputStream.MAX_REQUEST_SIZE_KEY);
        long max = bytesMax == null ? Long.MAX_VALUE : bytesMax;
        switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> {}
            case "gzip", "x-gzip" ->
                context.setEntityStream(
                        new DecompressedStream(context.getEntityStream(), DecompressedStream.Format.GZIP, max));
            case "deflate" ->
                context.setEntityStream(
                        new DecompressedStream(context.getEntityStream(), DecompressedStream.Format.ZLIB, max));
            default ->
                context.abortWith(errors.of(
                        http,
                        new ProblemException(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "Send the body as it is, or with the content-encoding gzip or deflate")));
        }
    }
}
