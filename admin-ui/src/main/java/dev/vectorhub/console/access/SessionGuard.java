package dev.vectorhub.console.access;

import com.vaadin.flow.server.RequestHandler;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.shared.ApplicationConstants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ties the browser session to the sign-in: a session that was opened by one person is over as soon as a request comes
 * from nobody or from somebody else, so pages left open after a sign-out neither show nor do anything any more.
 */
@ApplicationScoped
public class SessionGuard implements RequestHandler {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;

    private final transient Viewers viewers;

    @Inject
    public SessionGuard(Viewers viewers) {
        this.viewers = viewers;
    }

    void onServiceInit(@Observes ServiceInitEvent service) {
        service.addRequestHandler(this);
    }

    @Override
    public boolean handleRequest(VaadinSession session, VaadinRequest request, VaadinResponse response)
            throws IOException {
        Viewer now = viewers.ofRequest();
        session.lock();
        try {
            Viewer before = session.getAttribute(Viewer.class);
            if (before == null || (now != null && now.subject().equals(before.subject()))) {
                if (!Objects.equals(now, before)) {
                    session.setAttribute(Viewer.class, now);
                }
                if (before == null && now != null && request instanceof HttpServletRequest signedIn) {
                    // Whoever planted the session's id in the browser before the sign-in must not know it afterwards.
                    signedIn.changeSessionId();
                }
                return false;
            }
            session.close();
        } finally {
            session.unlock();
        }
        request.getWrappedSession().invalidate();
        answer(request.getParameter(ApplicationConstants.REQUEST_TYPE_PARAMETER), request, response);
        return true;
    }

    private static void answer(@Nullable String type, VaadinRequest request, VaadinResponse response)
            throws IOException {
        if (ApplicationConstants.REQUEST_TYPE_UIDL.equals(type)) {
            request.getService()
                    .writeUncachedStringResponse(
                            response, "application/json; charset=UTF-8", VaadinService.createSessionExpiredJSON(true));
        } else if (type == null) {
            String path = request.getPathInfo();
            response.setStatus(303);
            response.setHeader("Location", path == null || path.startsWith("//") ? "/" : path);
        } else {
            response.setStatus(UNAUTHORIZED);
        }
    }
}
