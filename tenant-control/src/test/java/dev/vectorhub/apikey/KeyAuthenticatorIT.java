package dev.vectorhub.apikey;

import static dev.vectorhub.Control.OPERATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.Counted;
import dev.vectorhub.event.EventListener;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.TenantState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways' authenticators on one database. */
class KeyAuthenticatorIT {
    private static final NewKey FULL = new NewKey("full", Set.of(KeyScope.values()), List.of("docs-*"), null, 30L);
    // Far above the promised two seconds: the machine may be busy; news that never comes still fails.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Control control = Control.shared();
    private final Counted counted = new Counted(control.database().app());
    private final KeyAuthenticator one = authenticator();
    private final KeyAuthenticator two = authenticator();
    private final EventListener listener = new EventListener(control.database()::connect, List.of(one, two));
    private final Tenant tenant = control.tenant();
    private final IssuedKey key = control.keys.issue(tenant.id(), FULL, OPERATOR);

    @BeforeEach
    void listen() throws InterruptedException {
        listener.start();
        assertTrue(listener.awaitListening(10_000));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void aScopeHoldsWhatTheRequestMayKnow() {
        TenantScope scope = scope(one);
        assertEquals(tenant.id(), scope.tenant());
        assertEquals("Acme", scope.organisation());
        assertEquals(30, scope.keyRequestsPerMinute());
        assertEquals(TenantState.ACTIVE, scope.state());
        assertEquals(Control.LIMITS, scope.limits());
        assertEquals(key.key().id(), scope.keyId());
        assertTrue(scope.reaches("docs-2026") && !scope.reaches("private"));
    }

    @Test
    void aHitAsksNoDatabase() {
        scope(one);
        long before = counted.connections();
        for (int i = 0; i < 1000; i++) {
            scope(one);
        }
        assertEquals(before, counted.connections());
    }

    @Test
    void garbageAsksNoDatabaseAndUnknownIdsAskOnce() {
        long before = counted.connections();
        assertEquals(refused(KeyAuthentication.Reason.MALFORMED), one.authenticate(key.secret() + "x"));
        assertEquals(before, counted.connections());
        String unknown = KeyFormat.create("test", UUID.randomUUID(), new SecureRandom());
        for (int i = 0; i < 10; i++) {
            assertEquals(refused(KeyAuthentication.Reason.UNKNOWN), one.authenticate(unknown));
        }
        assertEquals(before + 1, counted.connections());
    }

    @Test
    void theRightIdWithAnotherSecretIsUnknown() {
        String forged = KeyFormat.create("test", key.key().id(), new SecureRandom());
        assertEquals(refused(KeyAuthentication.Reason.UNKNOWN), one.authenticate(forged));
        scope(one);
    }

    @Test
    void aRevocationReachesEveryGateway() throws InterruptedException {
        scope(one);
        scope(two);
        control.keys.revoke(tenant.id(), key.key().id(), OPERATOR, "leaked");
        eventually(one, refused(KeyAuthentication.Reason.REVOKED)::equals);
        eventually(two, refused(KeyAuthentication.Reason.REVOKED)::equals);
    }

    @Test
    void aChangeOfStateOrPlanReachesEveryGateway() throws InterruptedException {
        scope(two);
        control.tenants.suspend(tenant.id(), Change.by(OPERATOR, "unpaid"));
        eventually(two, answer -> stateOf(answer) == TenantState.SUSPENDED);
        control.tenants.resume(tenant.id(), Change.by(OPERATOR, "paid"));
        eventually(two, answer -> stateOf(answer) == TenantState.ACTIVE);

        Limits larger = new Limits(11, 2_000, 2_000_000, 700);
        String plan = control.plan(larger);
        control.tenants.changePlan(tenant.id(), plan, Change.by(OPERATOR, "upgrade"));
        eventually(two, answer -> limitsOf(answer).equals(larger));

        Limits edited = new Limits(12, 2_000, 2_000_000, 700);
        control.plans.put(new PlanSpec(plan, "Edited", edited, IsolationMode.NONE), Change.by(OPERATOR, "edit"));
        eventually(two, answer -> limitsOf(answer).equals(edited));
    }

    @Test
    void keysOfATenantBeingDeletedAreOff() throws InterruptedException {
        scope(one);
        control.tenants.delete(tenant.id(), Change.by(OPERATOR, "asked to"), 7);
        eventually(one, refused(KeyAuthentication.Reason.TENANT_OFF)::equals);
    }

    @Test
    void afterAGapNothingCachedIsTrusted() {
        scope(one);
        long before = counted.connections();
        one.onGap();
        scope(one);
        assertEquals(before + 1, counted.connections());
    }

    private KeyAuthenticator authenticator() {
        return new KeyAuthenticator(new Scoped(counted), control.uses, control.clock, new Control.TestKeySettings());
    }

    private TenantScope scope(KeyAuthenticator gateway) {
        return assertInstanceOf(KeyAuthentication.Authenticated.class, gateway.authenticate(key.secret()))
                .scope();
    }

    private void eventually(KeyAuthenticator gateway, Predicate<KeyAuthentication> expected)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.test(gateway.authenticate(key.secret()))) {
            assertTrue(System.nanoTime() < end, () -> "still " + gateway.authenticate(key.secret()));
            Thread.sleep(5);
        }
    }

    private static TenantState stateOf(KeyAuthentication answer) {
        return assertInstanceOf(KeyAuthentication.Authenticated.class, answer)
                .scope()
                .state();
    }

    private static Limits limitsOf(KeyAuthentication answer) {
        return assertInstanceOf(KeyAuthentication.Authenticated.class, answer)
                .scope()
                .limits();
    }

    private static KeyAuthentication refused(KeyAuthentication.Reason reason) {
        return new KeyAuthentication.Refused(reason);
    }
}
