package dev.vectorhub.console.shell;

import io.quarkus.oidc.JavaScriptRequestChecker;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What may be asked for without a sign-in, by URL: static files, probes, the public pages, and the framework's own
 * calls, behind which each page passes the access gate again. Everything else is answered with the way to the sign-in.
 */
@ApplicationScoped
public class HttpPolicy implements HttpSecurityPolicy, JavaScriptRequestChecker {
    private static final List<String> PUBLIC_FOLDERS = List.of("/VAADIN/", "/aura/", "/console/", "/q/health");
    private static final List<String> PUBLIC_PATHS =
            List.of("/signup", "/check-your-mail", "/signed-out", "/sign-in-failed", "/favicon.ico", "/q/metrics");
    /** Marks the framework's calls: data exchange, heartbeat, first load of a page's state. */
    private static final String INTERNAL_PARAMETER = "v-r";

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        if (isPublic(request.normalizedPath())) {
            return CheckResult.permit();
        }
        // Looked at even where anybody may pass: a sign-in that is over must end the pages that it opened.
        return identity.map(who -> who.isAnonymous() && !isInternal(request) ? CheckResult.DENY : CheckResult.PERMIT);
    }

    /** The framework's calls cannot follow a redirect to a sign-in page; they are told that the session is over. */
    @Override
    public boolean isJavaScriptRequest(RoutingContext request) {
        return isInternal(request);
    }

    static boolean isPublic(String path) {
        for (String folder : PUBLIC_FOLDERS) {
            if (path.startsWith(folder)) {
                return true;
            }
        }
        return PUBLIC_PATHS.contains(path);
    }

    static boolean isInternal(RoutingContext request) {
        return request.queryParams().contains(INTERNAL_PARAMETER);
    }
}
