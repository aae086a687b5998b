package dev.vectorhub.console.access;

import com.vaadin.flow.router.RouteParameters;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final MemberService members;
    private final TenantService tenants;

    @Inject
    public Admissions(MemberService members, TenantService tenants) {
        this.members = members;
        this.tenants = tenants;
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
        if (!isMember(viewer, tenant)) {
            throw ProblemException.notFound("tenant", tenant);
        }
        return actor(viewer);
    }

    /**
     * Admits an owner of the tenant.
     *
     * @throws ProblemException {@code not-found} for whoever is no member, {@code forbidden} for other members
     */
    public Actor owner(Viewer viewer, TenantId tenant) {
        member(viewer, tenant);
        if (!isOwner(viewer, tenant)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only owners of the tenant may do this");
        }
        return actor(viewer);
    }

    public boolean isOwner(Viewer viewer, TenantId tenant) {
        return members.role(tenant, viewer.subject())
                .filter(role -> role == MemberRole.OWNER)
                .isPresent();
    }

    public boolean isMember(Viewer viewer, TenantId tenant) {
        return members.role(tenant, viewer.subject()).isPresent();
    }

    /** The tenants that the viewer belongs to, by name. */
    public List<MemberTenant> tenantsOf(Viewer viewer) {
        List<MemberTenant> found = new ArrayList<>();
        for (Membership membership : members.memberships(viewer.subject())) {
            tenants.find(membership.tenant())
                    .ifPresent(
                            tenant -> found.add(new MemberTenant(tenant.id(), tenant.organisation(), tenant.state())));
        }
        found.sort(Comparator.comparing(MemberTenant::organisation, String.CASE_INSENSITIVE_ORDER));
        return found;
    }

    private static Actor actor(Viewer viewer) {
        return new Actor(Actor.Kind.MEMBER, viewer.subject(), viewer.name());
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
