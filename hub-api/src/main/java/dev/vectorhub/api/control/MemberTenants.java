package dev.vectorhub.api.control;

import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Which tenant a user acts for: the only one that the user belongs to, or the one that the header {@value #HEADER} names.
 * A tenant that the user does not belong to looks like one that does not exist.
 */
@ApplicationScoped
class MemberTenants {

    /** Request header: a tenant's id, for people who belong to several. */
    static final String HEADER = "x-hub-tenant";

    private final MemberService members;
    private final TenantService tenants;

    @Inject
    MemberTenants(MemberService members, TenantService tenants) {
        this.members = members;
        this.tenants = tenants;
    }

    /** @throws ProblemException where the user belongs to none, to several, or lacks the role */
    Caller.OfTenant caller(SecurityIdentity identity, @Nullable String named, ControlOperation operation) {
        Actor actor = actor(Actor.Kind.MEMBER, identity);
        Membership membership = choose(members.memberships(actor.id()), named);
        if (operation.ownersOnly() && membership.role() != MemberRole.OWNER) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only owners of the tenant may do this");
        }
        StateGate.require(tenants.get(membership.tenant()).state(), operation.access());
        return new Caller.OfTenant(membership.tenant(), actor, null);
    }

    static Membership choose(List<Membership> all, @Nullable String named) {
        if (named != null) {
            TenantId wanted = TenantId.parse(named);
            return all.stream()
                    .filter(membership -> membership.tenant().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("tenant", named));
        }
        return switch (all.size()) {
            case 0 -> throw new ProblemException(ProblemType.FORBIDDEN, "The user belongs to no tenant");
            case 1 -> all.getFirst();
            default ->
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The user belongs to several tenants: name one in the header " + HEADER);
        };
    }

    /** The user as the audit names it: the provider's subject, and the address or name for the reader. */
    static Actor actor(Actor.Kind kind, SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            Optional<String> email = token.claim("email");
            return new Actor(kind, token.getSubject(), email.orElse(token.getName()));
        }
        String name = identity.getPrincipal().getName();
        return new Actor(kind, name, name);
    }
}
