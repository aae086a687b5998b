package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.Problems;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.identity.IdentityUser;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.identity.NewIdentity;
import dev.vectorhub.placement.FakeNodes;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignupReconcilerIT {
    private static final int POINTS_MAX = 300;
    private static final String FROM = "203.0.113.7";

    private final Faults faults = new Faults();
    private final FakeNodes engines = new FakeNodes(faults, "a");
    private final FakeIdentities identities = new FakeIdentities(faults);
    private final ControlDatabase database = ControlDatabase.fresh();
    private final Provisioning hub = new Provisioning(database, faults, identities, engines, "http://localhost:6333");

    SignupReconcilerIT() {
        hub.nodes.register("a", "embedded", 1_000_000, 1L << 40);
        beat();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void killedBetweenAnyTwoStepsASignupBecomesOneActiveTenant() {
        int kills = 0;
        for (int point = 1; point <= POINTS_MAX; point++) {
            String email = "p" + point + "@acme.example";
            String organisation = "Acme " + point;
            SignupRequest request = request(organisation, email);
            faults.arm(point);
            boolean killed = faults.kills(() -> {
                hub.signup.signup(request, FROM);
                hub.signups.runOnce();
                identities.verify(email);
                hub.clock.advance(Duration.ofSeconds(10));
                hub.signups.runOnce();
                hub.reconciler.runOnce();
            });
            if (killed) {
                // The person saw no answer and presses the button again.
                hub.signup.signup(request, FROM);
            }
            converge(email);

            List<Tenant> tenants = tenants(organisation);
            assertEquals(1, tenants.size(), "killed at point " + point);
            Tenant tenant = tenants.getFirst();
            assertEquals(TenantState.ACTIVE, tenant.state(), "killed at point " + point);
            List<Membership> members = hub.members.of(tenant.id());
            assertEquals(1, members.size());
            assertEquals(MemberRole.OWNER, members.getFirst().role());
            IdentityUser user = identities.findByEmail(email).orElseThrow();
            assertEquals(user.subject(), members.getFirst().subject());
            assertEquals(identities.organisations.get(tenant.id()), tenant.organisationId());
            assertEquals(0, open(), "no personal data stays in signups");
            if (!killed) {
                assertTrue(kills >= 20, "points: " + kills);
                return;
            }
            kills++;
        }
        throw new AssertionError("the work never ended");
    }

    @Test
    void killedBetweenAnyTwoStepsALapsedSignupLeavesNothing() {
        for (int point = 1; point <= POINTS_MAX; point++) {
            String email = "l" + point + "@acme.example";
            hub.signup.signup(request("Lapsed " + point, email), FROM);
            hub.signups.runOnce();
            assertTrue(identities.findByEmail(email).isPresent());
            Tenant tenant = tenants("Lapsed " + point).getFirst();
            assertEquals(TenantState.PENDING, tenant.state());
            hub.clock.advance(Duration.ofDays(7).plusSeconds(1));
            faults.arm(point);
            boolean killed = faults.kills(hub.signups::runOnce);
            hub.clock.advance(Duration.ofMinutes(10));
            hub.signups.runOnce();

            assertTrue(identities.findByEmail(email).isEmpty(), "killed at point " + point);
            assertNull(identities.organisations.get(tenant.id()));
            assertEquals(TenantState.DELETED, hub.tenants.get(tenant.id()).state());
            assertEquals(0, open());
            if (!killed) {
                return;
            }
        }
        throw new AssertionError("the work never ended");
    }

    @Test
    void thePasswordIsKeptOnlyUntilTheProviderHasIt() {
        hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
        assertEquals(1, withPassword());
        hub.signups.runOnce();
        assertEquals(0, withPassword());
        assertNotNull(identities.made.get("ann@acme.example"));
    }

    @Test
    void theLinkAloneProvesNothing() {
        hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
        hub.signups.runOnce();
        String id = signupId();
        assertInstanceOf(Completion.NotVerified.class, hub.signup.complete(id));
        assertEquals(TenantState.PENDING, tenants("Acme").getFirst().state());

        identities.verify("ann@acme.example");
        Completion.Completed completed = assertInstanceOf(Completion.Completed.class, hub.signup.complete(id));
        assertEquals(
                TenantState.PROVISIONING, hub.tenants.get(completed.tenant()).state());
        assertEquals(completed, hub.signup.complete(id), "following the link again changes nothing");
        assertInstanceOf(
                Completion.Unknown.class, hub.signup.complete(UUID.randomUUID().toString()));
        assertInstanceOf(Completion.Unknown.class, hub.signup.complete("x'; drop table signup"));
    }

    @Test
    void anAddressWithAnAccountGetsTheSameAnswerAndNoMail() {
        hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
        hub.signups.runOnce();
        identities.verify("ann@acme.example");
        converge("ann@acme.example");
        int mails = identities.mails.size();

        hub.signup.signup(request("Acme Two", "Ann@Acme.example "), FROM);
        hub.signups.runOnce();
        assertEquals(mails, identities.mails.size());
        assertTrue(tenants("Acme Two").isEmpty());
        assertEquals(0, open());
    }

    @Test
    void whoSignsUpAgainVoidsTheFirstLinkAndChoosesThePasswordByMail() {
        hub.signup.signup(request("Mallory", "ann@acme.example"), "198.51.100.1");
        hub.signups.runOnce();
        String first = identities.findByEmail("ann@acme.example").orElseThrow().subject();

        hub.signup.signup(request("Ann", "ann@acme.example"), FROM);
        for (int round = 0; round < 3; round++) {
            hub.signups.runOnce();
            hub.clock.advance(Duration.ofSeconds(2));
        }
        IdentityUser second = identities.findByEmail("ann@acme.example").orElseThrow();
        assertFalse(second.subject().equals(first), "the first user is gone, and the first link with it");
        FakeIdentities.Mail mail = identities.mails.getLast();
        assertTrue(mail.choosePassword(), "neither password is trusted");
        assertEquals(TenantState.DELETED, deleted().state());

        identities.verify("ann@acme.example");
        converge("ann@acme.example");
        assertEquals(TenantState.ACTIVE, tenants("Ann").getFirst().state());
    }

    @Test
    void theUserMadeAfterASecondSignupHasNoPassword() {
        hub.signup.signup(request("Mallory", "ann@acme.example"), FROM);
        hub.signups.runOnce();
        NewIdentity first = identities.made.remove("ann@acme.example");
        assertNotNull(first == null ? null : first.password());
        hub.signup.signup(request("Ann", "ann@acme.example"), FROM);
        for (int round = 0; round < 3; round++) {
            hub.signups.runOnce();
            hub.clock.advance(Duration.ofSeconds(2));
        }
        NewIdentity second = identities.made.get("ann@acme.example");
        assertNotNull(second);
        assertNull(second.password());
    }

    @Test
    void aLinkFollowedAtTheLastMomentCounts() {
        hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
        hub.signups.runOnce();
        hub.signup.signup(request("Acme Again", "ann@acme.example"), FROM);
        identities.verify("ann@acme.example");
        converge("ann@acme.example");
        assertEquals(TenantState.ACTIVE, tenants("Acme").getFirst().state());
        assertTrue(tenants("Acme Again").isEmpty(), "its address has an account now");
        assertEquals(0, open());
    }

    @Test
    void aSignupWhoseTenantAnOperatorDeletesEndsWithIt() {
        hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
        hub.signups.runOnce();
        Tenant tenant = tenants("Acme").getFirst();
        hub.tenants.delete(tenant.id(), Change.by(Control.OPERATOR, "test"), 7);
        identities.verify("ann@acme.example");
        hub.clock.advance(Duration.ofMinutes(1));
        hub.signups.runOnce();
        assertEquals(TenantState.DELETING, hub.tenants.get(tenant.id()).state());

        hub.clock.advance(Duration.ofDays(7));
        converge("ann@acme.example");
        hub.eraser.runOnce();
        assertEquals(TenantState.DELETED, hub.tenants.get(tenant.id()).state());
        assertTrue(identities.findByEmail("ann@acme.example").isEmpty());
        assertTrue(identities.organisations.isEmpty());
        assertEquals(0, open());
    }

    @Test
    void manyAtOnceWithOneAddressAreOneSignup() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(pool.submit(() -> hub.signup.signup(request("Acme", "ann@acme.example"), FROM)));
                running.add(pool.submit(hub.signups::runOnce));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        for (int round = 0; round < 3; round++) {
            hub.clock.advance(Duration.ofMinutes(3));
            hub.signups.runOnce();
        }
        identities.verify("ann@acme.example");
        converge("ann@acme.example");
        assertEquals(1, tenants("Acme").size());
        assertEquals(1, identities.users.size());
    }

    @Test
    void signupsAreBoundedByNetworkAndByAddress() {
        for (int i = 0; i < 5; i++) {
            hub.signup.signup(request("Acme", "ann@acme.example"), FROM);
            hub.signups.runOnce();
            hub.clock.advance(Duration.ofSeconds(5));
            hub.signups.runOnce();
        }
        assertEquals(3, identities.mails.size(), "three a day; more are answered alike and ignored");

        SignupRequest empty = new SignupRequest("", "", "", null, null);
        for (int i = 5; i < 1_000; i++) {
            Problems.assertProblem(ProblemType.VALIDATION_FAILED, () -> hub.signup.signup(empty, FROM));
        }
        // Half a minute of refill came on top while the clock moved.
        ProblemException refused = Problems.assertProblem(ProblemType.RATE_LIMITED, () -> {
            for (int i = 0; i < 20; i++) {
                refusedAsInvalid(empty);
            }
        });
        assertTrue((long) refused.members().getOrDefault("retryAfterSeconds", 0L) >= 1);
    }

    private static SignupRequest request(String organisation, String email) {
        return new SignupRequest(organisation, email, "correct horse 7", null, null);
    }

    private void refusedAsInvalid(SignupRequest request) {
        try {
            hub.signup.signup(request, FROM);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.VALIDATION_FAILED) {
                throw e;
            }
        }
    }

    /** As long as workers run and the person follows the link, a signup ends well. */
    private void converge(String email) {
        for (int round = 0; round < 5; round++) {
            hub.clock.advance(Duration.ofMinutes(6));
            beat();
            hub.signups.runOnce();
            if (identities.mails.stream().anyMatch(mail -> mail.email().equals(email))) {
                identities.verify(email);
            }
            hub.reconciler.runOnce();
        }
    }

    private void beat() {
        hub.nodes.heartbeat("a", engines.transport("a").status(NodeStatusRequest.getDefaultInstance()));
    }

    private List<Tenant> tenants(String organisation) {
        return hub.tenants.page(new TenantQuery(null, null, null, TenantQuery.Sort.NEWEST), null, 500).items().stream()
                .filter(tenant -> tenant.organisation().equals(organisation))
                .toList();
    }

    private Tenant deleted() {
        return hub.tenants
                .page(new TenantQuery(null, TenantState.DELETED, null, TenantQuery.Sort.NEWEST), null, 500)
                .items()
                .getFirst();
    }

    private long open() {
        return count("state <> 'COMPLETED' or email is not null");
    }

    private long withPassword() {
        return count("password_hash is not null");
    }

    private long count(String condition) {
        return hub.scoped.asSystem(
                tx -> tx.first(row -> row.getLong(1), "select count(*) from signup where " + condition)
                        .orElseThrow());
    }

    private String signupId() {
        return hub.scoped.asSystem(tx -> tx.first(row -> row.getString(1), "select signup_id from signup")
                .orElseThrow());
    }
}
