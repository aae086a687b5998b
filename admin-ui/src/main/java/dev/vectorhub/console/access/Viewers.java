package dev.vectorhub.console.access;

import com.vaadin.flow.server.VaadinSession;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Tells who is signed in: from the request's identity, kept with the browser session for the pages. */
@ApplicationScoped
public class Viewers {
    static final String OPERATOR_ROLE = "operator";

    private final SecurityIdentity identity;

    @Inject
    public Viewers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * Who is in front of the page that is being served.
     *
     * @throws IllegalStateException outside of a page that needs a signed-in viewer
     */
    public static Viewer current() {
        Viewer viewer = VaadinSession.getCurrent().getAttribute(Viewer.class);
        if (viewer == null) {
            throw new IllegalStateException("nobody is signed in here");
        }
        return viewer;
    }

    /** Like {@link #current()}, null when nobody is signed in. */
    public static @Nullable Viewer currentOrNull() {
        return VaadinSession.getCurrent().getAttribute(Viewer.class);
    }

    /** The viewer of the current HTTP request, null when it carries no valid sign-in. */
    @Nullable
    Viewer ofRequest() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return null;
        }
        String name = claim(token, "name");
        if (name.isEmpty()) {
            name = claim(token, "preferred_username");
        }
        String email = claim(token, "email");
        return new Viewer(token.getSubject(), name.isEmpty() ? email : name, email, identity.hasRole(OPERATOR_ROLE));
    }

    private static String claim(JsonWebToken token, String name) {
        Object value = token.getClaim(name);
        return value == null ? "" : value.toString();
    }
}
