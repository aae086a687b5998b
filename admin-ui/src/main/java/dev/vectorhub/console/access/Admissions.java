package dev.vectorhub.console.access;

import com.vaadin.flow.router.RouteParameters;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Admits a viewer to what a call is about: every call of the console's services passes here first, with the tenant as
 * argument, and gets the actor for the audit in return. Refusals look like those of the API: a foreign tenant is as
 * missing as one that never was.
 */
@ApplicationScoped
public class Admissions {
    private final Memberships memberships;

    @Inject
    public Admissions(Memberships memberships) {
        this.memberships = memberships;
    }

    /**
     * Admits an operator.
     *
     * @throws ProblemException {@code forbidden}
     */
    public Actor operator(Viewer viewer) {
        if (!viewer.operator()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only operators may do this");
        }
        return new Actor(Actor.Kind.OPERATOR, viewer.subject(), viewer.name());
    }

    /**
     * Admits a member of the tenant.
     *
     * @throws ProblemException {@code not-found}
     */
    public Actor member(Viewer viewer, TenantId tenant) {
        if (!memberships.isMember(viewer.subject(), tenant)) {
            throw ProblemException.notFound("tenant", tenant);
        }
        return new Actor(Actor.Kind.MEMBER, viewer.subject(), viewer.name());
    }

    public boolean isMember(Viewer viewer, TenantId tenant) {
        return memberships.isMember(viewer.subject(), tenant);
    }

    /** The tenants that the viewer belongs to, by name. */
    public List<MemberTenant> tenantsOf(Viewer viewer) {
        return memberships.of(viewer.subject());
    }

    /** The tenant that a page's URL names; the gate has refused pages whose URL names none. */
    public static TenantId tenantOf(RouteParameters parameters) {
        return parameters
                .get(AccessGate.TENANT_PARAMETER)
                .flatMap(Admissions::tenantId)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "The address names no tenant"));
    }

    /** The id in its canonical form; empty for anything else. */
    public static Optional<TenantId> tenantId(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(new TenantId(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
