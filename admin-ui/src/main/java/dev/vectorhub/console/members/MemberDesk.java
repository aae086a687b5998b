package dev.vectorhub.console.members;

import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What members see of each other, and how owners let others in. */
@ApplicationScoped
public class MemberDesk {
    private final Admissions admissions;
    private final MemberService members;

    @Inject
    public MemberDesk(Admissions admissions, MemberService members) {
        this.admissions = admissions;
        this.members = members;
    }

    public List<Membership> list(Viewer viewer, TenantId tenant) {
        admissions.member(viewer, tenant);
        return members.of(tenant);
    }

    /** Sends an invitation by mail; the person is a member once it is accepted. */
    public void invite(Viewer viewer, TenantId tenant, String email) {
        Actor actor = admissions.owner(viewer, tenant);
        members.invite(tenant, email, actor);
    }

    /** Takes in who has accepted an invitation; answers how many are new. */
    public int takeIn(Viewer viewer, TenantId tenant) {
        admissions.owner(viewer, tenant);
        return members.adopt(tenant);
    }

    public void remove(Viewer viewer, TenantId tenant, String subject) {
        Actor actor = admissions.owner(viewer, tenant);
        members.remove(tenant, subject, actor);
    }
}
