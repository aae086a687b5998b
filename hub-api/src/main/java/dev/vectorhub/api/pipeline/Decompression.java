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

/**
 * Reads bodies that clients have compressed, and bounds those that do not say how long they are. The server underneath could do
 * both, but would close the connection where bytes are not what the header says, and answer a body that is too long before we can:
 * here such requests are answered as all others.
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
        boolean stated = http.request().headers().contains(HttpHeaders.CONTENT_LENGTH);
        if (!stated) {
            context.setEntityStream(BodyLimit.bounded(context.getEntityStream(), http));
        }
        if (encoding == null) {
            return;
        }
        switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> {}
            case "gzip", "x-gzip" -> decompress(context, DecompressedStream.Format.GZIP, http);
            case "deflate" -> decompress(context, DecompressedStream.Format.ZLIB, http);
            default ->
                context.abortWith(errors.of(
                        http,
                        new ProblemException(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "Send the body as it is, or with the content-encoding gzip or deflate")));
        }
    }

    private static void decompress(
            ContainerRequestContext context, DecompressedStream.Format format, RoutingContext http) {
        context.setEntityStream(BodyLimit.bounded(new DecompressedStream(context.getEntityStream(), format), http));
    }
}
