package dev.vectorhub.api.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects short JSON bodies of the tenant API on the connection's thread, before a worker is asked: most of them came in one
 * packet with their headers. A worker that has to wait for a body costs two more changes of threads: about a tenth of a search (DD024).
 *
 * <p>Nobody is known yet, so that this is no promise: all such bodies together take a share of the heap at most, and what is
 * above it, or in any way unusual, is read by its worker as it always was.
 */
@ApplicationScoped
public class EarlyBodies {

    private static final String KEY = "hub.early-body";
    private static final String PREFIX = "/collections/";
    private static final String JSON = "application/json";
    private static final int BODY_BYTES_MAX = 1 << 16;
    private static final int LENGTH_DIGITS_MAX = 5;
    /** Of the heap. */
    private static final int SHARE = 16;

    private final long bytesMax = Runtime.getRuntime().maxMemory() / SHARE;
    private final AtomicLong bytes = new AtomicLong();

    void register(@Observes Filters filters) {
        filters.register(this::collect, FilterPriorities.EARLY_BODY);
    }

    /** The body of a request that has been collected; null where it is still to be read. */
    public static byte @Nullable [] of(RoutingContext http) {
        return http.get(KEY);
    }

    private void collect(RoutingContext http) {
        HttpServerRequest request = http.request();
        int length = isUsual(request) ? length(request.getHeader(HttpHeaders.CONTENT_LENGTH)) : -1;
        if (length < 0 || !take(length)) {
            http.next();
            return;
        }
        http.addEndHandler(ended -> bytes.addAndGet(-length));
        byte[] body = new byte[length];
        int[] filled = {0};
        request.handler(chunk -> filled[0] += put(chunk, body, filled[0]))
                .endHandler(end -> {
                    http.put(KEY, body);
                    http.next();
                })
                .resume();
    }

    /** Whether it is about a tenant's collection. */
    static boolean isTenants(HttpServerRequest request) {
        return request.path().startsWith(PREFIX);
    }

    /** Requests of HTTP/2 are left out: the router pauses each, which they refuse once they have been read. */
    private static boolean isUsual(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && !HttpMethod.GET.equals(request.method())
                && JSON.equals(request.getHeader(HttpHeaders.CONTENT_TYPE))
                && isTenants(request)
                && !request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    /** −1 where the request does not say how long its body is, or it is not short. */
    private static int length(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LENGTH_DIGITS_MAX) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return length <= BODY_BYTES_MAX ? length : -1;
    }

    private boolean take(int length) {
        if (bytes.addAndGet(length) <= bytesMax) {
            return true;
        }
        bytes.addAndGet(-length);
        return false;
    }

    /** The server holds bodies to the length that was stated. */
    private static int put(Buffer chunk, byte[] body, int filled) {
        int n = Math.min(chunk.length(), body.length - filled);
        chunk.getBytes(0, n, body, filled);
        return n;
    }
}
