package dev.vectorhub.api.pipeline;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a request whose {@code Content-Length} is over the bound, without keeping any of its body and in the form of the
 * API that it addressed. A body without a length, or one that is compressed, is counted while it is read, as it is once
 * decompressed. A snapshot that is sent goes to a file, not to memory, and is bounded where it is received.
 *
 * <p>A client that is still sending when the connection closes often loses the answer, so a body that is not absurdly long
 * is let run out first; the server's idle timeout bounds how long that takes.
 */
@ApplicationScoped
class BodyLimit {

    private static final String KEY = "hub.body-bytes-max";

    /** Bodies of up to so many times the bound are read to their end, and dropped. */
    private static final int DRAINED_TIMES = 4;

    private static final String UPLOAD = "/snapshots/upload";

    private final ErrorBodies bodies;
    private final Long bytesMax;

    @Inject
    BodyLimit(ErrorBodies bodies, @ConfigProperty(name = "hub.api.max-body-size") MemorySize max) {
        this.bodies = bodies;
        this.bytesMax = max.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FilterPriorities.BODY_LIMIT);
    }

    /** Counts the bytes that are read of a body; not where it goes to a file. */
    static InputStream bounded(InputStream body, RoutingContext http) {
        Long bytesMax = http.get(KEY);
        return bytesMax == null ? body : new BoundedStream(body, bytesMax, http);
    }

    private void check(RoutingContext http) {
        if (HttpMethod.POST.equals(http.request().method())
                && http.request().path().endsWith(UPLOAD)) {
            http.next();
            return;
        }
        http.put(KEY, bytesMax);
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            http.next();
            return;
        }
        long bytes = bytes(length);
        if (bytes <= bytesMax) {
            http.next();
        } else if (bytes / DRAINED_TIMES <= bytesMax) {
            http.request()
                    .handler(dropped -> {})
                    .endHandler(read -> refuse(http))
                    .resume();
        } else {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            http.addEndHandler(ended -> http.request().connection().close());
            refuse(http);
        }
    }

    private void refuse(RoutingContext http) {
        ApiError error = ErrorMappers.framework(413, http);
        http.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, bodies.contentType(http, error))
                .end(bodies.body(http, error));
    }

    private static long bytes(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
