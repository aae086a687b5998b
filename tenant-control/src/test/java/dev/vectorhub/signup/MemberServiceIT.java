package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.Problems;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.identity.NewIdentity;
import dev.vectorhub.placement.FakeNodes;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemberServiceIT {
    private final Faults faults = new Faults();
    private final FakeIdentities identities = new FakeIdentities(faults);
    private final Provisioning hub = new Provisioning(
            ControlDatabase.shared(), faults, identities, new FakeNodes(faults), "http://localhost:6333");

    @Test
    void whoeverAcceptedAnInvitationBecomesAMember() {
        TenantId tenant = tenant();
        hub.members.invite(tenant, " Bob@acme.example", Control.OPERATOR);
        assertEquals("bob@acme.example", identities.mails.getLast().email());
        assertEquals(0, hub.members.adopt(tenant));

        String bob = join(tenant);
        assertEquals(0, hub.members.adopt(tenant), "not before the address is verified");
        identities.verify(bob + "@acme.example");
        assertEquals(1, hub.members.adopt(tenant));
        assertEquals(0, hub.members.adopt(tenant));
        String subject = subject(bob);
        assertEquals(Optional.of(MemberRole.MEMBER), hub.members.role(tenant, subject));
        assertEquals(
                List.of(tenant),
                hub.members.memberships(subject).stream()
                        .map(Membership::tenant)
                        .toList());
        assertEquals(Optional.empty(), hub.members.role(tenant(), subject), "nothing elsewhere");
        Problems.assertProblem(
                ProblemType.VALIDATION_FAILED, () -> hub.members.invite(tenant, "bob@acme", Control.OPERATOR));
    }

    @Test
    void ofTwoOwnersWhoRemoveEachOtherOneStays() throws Exception {
        for (int round = 0; round < 10; round++) {
            TenantId tenant = tenant();
            String ann = owner(tenant);
            String bob = owner(tenant);
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                List<Future<Boolean>> removals = new ArrayList<>();
                for (String subject : List.of(ann, bob)) {
                    removals.add(pool.submit(() -> removed(tenant, subject)));
                }
                int removed = 0;
                for (Future<Boolean> removal : removals) {
                    removed += removal.get() ? 1 : 0;
                }
                assertEquals(1, removed);
            }
            assertEquals(1, hub.members.of(tenant).size());
        }
        Problems.assertProblem(ProblemType.NOT_FOUND, () -> hub.members.remove(tenant(), "nobody", Control.OPERATOR));
    }

    private boolean removed(TenantId tenant, String subject) {
        try {
            hub.members.remove(tenant, subject, Control.OPERATOR);
            return true;
        } catch (ProblemException e) {
            assertEquals(ProblemType.CONFLICT, e.type());
            return false;
        }
    }

    private TenantId tenant() {
        Tenant tenant = hub.control.tenant();
        String organisation = identities.ensureOrganisation(tenant.id(), "Acme");
        hub.scoped.doAsSystem(tx -> hub.tenants.linkOrganisation(tx, tenant.id(), organisation));
        return tenant.id();
    }

    private String owner(TenantId tenant) {
        String subject = UUID.randomUUID().toString();
        hub.scoped.doAsSystem(tx ->
                hub.members.add(tx, tenant, subject, subject + "@acme.example", MemberRole.OWNER, Control.OPERATOR));
        assertTrue(hub.members.role(tenant, subject).isPresent());
        return subject;
    }

    private String join(TenantId tenant) {
        String name = "bob-" + UUID.randomUUID();
        identities.createUser(new NewIdentity(name + "@acme.example", "invited", null));
        identities.addMember(identities.findOrganisation(tenant).orElseThrow(), subject(name));
        return name;
    }

    private String subject(String name) {
        return identities.findByEmail(name + "@acme.example").orElseThrow().subject();
    }
}
