package dev.vectorhub.console.shell;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What every answer has, whichever layer gives it: our error page instead of a bare status, security headers, and a
 * session cookie that stays on this site.
 */
@ApplicationScoped
public class HttpEdge {
    private static final Logger LOG = Logger.getLogger(HttpEdge.class);
    /** Quarkus' answer to a script whose sign-in is over; the page framework reacts to 401 with its own dialog. */
    private static final int SIGN_IN_NEEDED = 499;

    /** Named in web.xml. */
    private static final String SESSION_COOKIE = "hub_console";

    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int[] OWN_PAGES = {400, 401, 403, 404, 405, 413, 414, 431, 500, 502, 503, 504};
    private static final int FIRST = 10_000;

    void register(@Observes Router router) {
        for (int status : OWN_PAGES) {
            router.errorHandler(status, context -> answer(context, status));
        }
    }

    void filter(@Observes Filters filters) {
        filters.register(
                context -> {
                    HttpServerResponse response = context.response();
                    response.putHeader("X-Content-Type-Options", "nosniff");
                    response.putHeader("X-Frame-Options", "DENY");
                    response.putHeader("Referrer-Policy", "same-origin");
                    response.putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
                    context.addHeadersEndHandler(end -> {
                        if (response.getStatusCode() == SIGN_IN_NEEDED) {
                            response.setStatusCode(UNAUTHORIZED);
                        }
                        keepOnThisSite(
                                response, "https".equals(context.request().scheme()));
                    });
                    context.next();
                },
                FIRST);
    }

    /** The servlet container knows neither attribute. */
    private static void keepOnThisSite(HttpServerResponse response, boolean secure) {
        List<String> cookies = response.headers().getAll(HttpHeaders.SET_COOKIE);
        boolean found = false;
        List<String> kept = new ArrayList<>(cookies.size());
        for (String cookie : cookies) {
            boolean session = cookie.startsWith(SESSION_COOKIE + "=") && !cookie.contains("SameSite");
            found |= session;
            kept.add(session ? cookie + "; SameSite=Lax" + (secure ? "; Secure" : "") : cookie);
        }
        if (found) {
            response.headers().set(HttpHeaders.SET_COOKIE.toString(), kept);
        }
    }

    private static void answer(RoutingContext context, int status) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        String reference = null;
        if (status >= SERVER_ERROR) {
            reference = UUID.randomUUID().toString();
            LOG.errorf(
                    context.failure(),
                    "%s %s failed, reference %s",
                    context.request().method(),
                    context.normalizedPath(),
                    reference);
        }
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
        response.end(ErrorPage.html(status, reference));
    }
}
