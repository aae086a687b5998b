package dev.vectorhub.identity;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to which tenant. The table decides; the identity provider's organisation follows it. */
@Singleton
public class MemberService {
    private static final int TENANTS_MAX = 100;
    private static final String SELECT_ONE = "select * from membership where tenant_id = ? and subject = ?";

    private final Scoped scoped;
    private final TenantService tenants;
    private final Identities identities;
    private final AuditService audit;
    private final Clock clock;

    public MemberService(Scoped scoped, TenantService tenants, Identities identities, AuditService audit, Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.identities = identities;
        this.audit = audit;
        this.clock = clock;
    }

    /** Members of a tenant, the oldest first. */
    public List<Membership> of(TenantId tenant) {
        return scoped.asTenant(
                tenant,
                tx -> tx.list(
                        MemberService::map,
                        "select * from membership where tenant_id = ? order by created_at, subject",
                        tenant));
    }

    /** The tenants of a person, the oldest first; {@value #TENANTS_MAX} at most. */
    public List<Membership> memberships(String subject) {
        return scoped.asSystem(tx -> tx.list(
                MemberService::map,
                "select * from membership where subject = ? order by created_at, tenant_id limit ?",
                subject,
                TENANTS_MAX));
    }

    public Optional<MemberRole> role(TenantId tenant, String subject) {
        return scoped.asTenant(
                tenant,
                tx -> tx.first(MemberService::map, SELECT_ONE, tenant, subject).map(Membership::role));
    }

    /** Adds or keeps a member in the caller's system transaction. */
    public void add(Tx tx, TenantId tenant, String subject, String email, MemberRole role, Actor actor)
            throws SQLException {
        int added = tx.update("""
                insert into membership (tenant_id, subject, role, email, created_at) values (?, ?, ?, ?, ?)
                on conflict (tenant_id, subject) do nothing
                """, tenant, subject, role, email, clock.instant());
        if (added == 1) {
            audit.record(
                    tx,
                    AuditEntry.success(
                            AuditAction.MEMBER_ADD,
                            actor,
                            tenant,
                            "member",
                            subject,
                            null,
                            Map.of("role", role.name())));
        }
    }

    /** Sends an invitation; the person is a member once it is accepted and {@link #adopt} has run. */
    public void invite(TenantId tenant, String email, Actor actor) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        if (!EmailAddress.isValid(address)) {
            throw ProblemException.validation("email", "is not an e-mail address");
        }
        try {
            identities.invite(organisation(tenant), address);
        } catch (IdentityException e) {
            throw unavailable(e);
        }
        audit.record(AuditEntry.success(
                AuditAction.MEMBER_ADD, actor, tenant, "invitation", tenant, null, Map.of("role", "MEMBER")));
    }

    /**
     * Gives everybody who accepted an invitation the role MEMBER. Only the hub adds people to an organisation, by signup
     * or invitation, so whoever is in it was meant to be.
     *
     * @return how many are new
     */
    public int adopt(TenantId tenant) {
        List<IdentityUser> there;
        try {
            there = identities.members(organisation(tenant));
        } catch (IdentityException e) {
            throw unavailable(e);
        }
        return scoped.asSystem(tx -> {
            int before = count(tx, tenant);
            for (IdentityUser user : there) {
                if (user.emailVerified()) {
                    add(tx, tenant, user.subject(), user.email(), MemberRole.MEMBER, Actor.system("members"));
                }
            }
            return count(tx, tenant) - before;
        });
    }

    /** Removes a member; the last owner stays ({@code conflict}). */
    public void remove(TenantId tenant, String subject, Actor actor) {
        String organisation = organisation(tenant);
        scoped.doAsSystem(tx -> {
            // All rows of the tenant: two owners who remove each other must not both succeed.
            List<Membership> all =
                    tx.list(MemberService::map, "select * from membership where tenant_id = ? for update", tenant);
            Membership leaving = all.stream()
                    .filter(member -> member.subject().equals(subject))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("member", subject));
            long owners = all.stream()
                    .filter(member -> member.role() == MemberRole.OWNER)
                    .count();
            if (leaving.role() == MemberRole.OWNER && owners == 1) {
                throw new ProblemException(ProblemType.CONFLICT, "The last owner cannot leave the tenant");
            }
            tx.update("delete from membership where tenant_id = ? and subject = ?", tenant, subject);
            audit.record(
                    tx,
                    AuditEntry.success(
                            AuditAction.MEMBER_REMOVE,
                            actor,
                            tenant,
                            "member",
                            subject,
                            null,
                            Map.of("role", leaving.role().name())));
            // Within the transaction: if the provider fails, the member stays, or adopt() would bring them back.
            try {
                identities.removeMember(organisation, subject);
            } catch (IdentityException e) {
                throw unavailable(e);
            }
        });
    }

    /** Takes everybody out of a tenant that is erased; answers who it was. In the caller's system transaction. */
    public List<String> removeAll(Tx tx, TenantId tenant) throws SQLException {
        return tx.list(row -> row.getString(1), "delete from membership where tenant_id = ? returning subject", tenant);
    }

    private String organisation(TenantId tenant) {
        Tenant row = tenants.get(tenant);
        String organisation = row.organisationId();
        if (organisation == null) {
            throw new ProblemException(ProblemType.CONFLICT, "The tenant has no organisation at the identity provider");
        }
        return organisation;
    }

    private static int count(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(row -> row.getInt(1), "select count(*) from membership where tenant_id = ?", tenant)
                .orElse(0);
    }

    private static ProblemException unavailable(IdentityException e) {
        return new ProblemException(ProblemType.UNAVAILABLE, "The identity provider cannot be reached", e);
    }

    private static Membership map(ResultSet row) throws SQLException {
        return new Membership(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("subject"),
                MemberRole.valueOf(row.getString("role")),
                row.getString("email"),
                Tx.instant(row, "created_at"));
    }
}
