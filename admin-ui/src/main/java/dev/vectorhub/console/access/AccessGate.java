package dev.vectorhub.console.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The one gate of all pages: each navigation passes it, and a page that does not say whom it is for opens for nobody.
 * What a page then does passes {@link Admissions} at each call, so a right that is withdrawn while a page is open is
 * withdrawn there too.
 */
@ApplicationScoped
public class AccessGate {
    /** Name of the route parameter that holds the tenant's id on pages for members. */
    public static final String TENANT_PARAMETER = "tenant";

    private final Admissions admissions;

    @Inject
    public AccessGate(Admissions admissions) {
        this.admissions = admissions;
    }

    void onServiceInit(@Observes ServiceInitEvent service) {
        service.getSource().addUIInitListener(init -> init.getUI().addBeforeEnterListener(this::beforeEnter));
    }

    private void beforeEnter(BeforeEnterEvent event) {
        if (event.isErrorEvent()) {
            return;
        }
        Viewer viewer = VaadinSession.getCurrent().getAttribute(Viewer.class);
        boolean member = viewer != null
                && event.getRouteParameters()
                        .get(TENANT_PARAMETER)
                        .flatMap(Admissions::tenantId)
                        .filter(tenant -> admissions.isMember(viewer, tenant))
                        .isPresent();
        switch (AccessRules.decide(need(event.getNavigationTarget()), viewer, member)) {
            case ALLOWED -> {}
            case SIGN_IN -> event.forwardToUrl("/" + event.getLocation().getPathWithQueryParameters());
            case FORBIDDEN -> event.rerouteToError(new AccessDenied(), "");
            case NOT_FOUND -> event.rerouteToError(NotFoundException.class);
        }
    }

    static @Nullable Need need(Class<? extends Component> page) {
        Requires requires = page.getAnnotation(Requires.class);
        return requires == null ? null : requires.value();
    }

    /** Told apart from the framework's own so that only the gate raises it. */
    static final class AccessDenied extends AccessDeniedException {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
