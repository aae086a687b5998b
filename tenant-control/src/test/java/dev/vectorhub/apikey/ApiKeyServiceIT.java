package dev.vectorhub.apikey;

import static dev.vectorhub.Control.OPERATOR;
import static dev.vectorhub.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyServiceIT {
    private static final NewKey READER = new NewKey("reader", Set.of(KeyScope.READ), List.of(), null);

    private final Control control = Control.shared();
    private final ApiKeyService keys = control.keys;
    private final Tenant tenant = control.tenant();

    @Test
    void theSecretIsStoredNowhere() {
        IssuedKey issued = keys.issue(tenant.id(), READER, OPERATOR);
        String secret =
                issued.secret().substring(issued.key().prefix().length() + 1).substring(0, 32);
        assertFalse(issued.toString().contains(secret));
        String everything = control.scoped
                .asTenant(tenant.id(), tx -> tx.list(row -> row.getString(1), """
                        select k::text from api_key k where tenant_id = ?
                        union all select e::text from audit_event e where tenant_id = ?
                        """, tenant.id(), tenant.id()))
                .toString();
        assertTrue(everything.contains("key.issue"), everything);
        assertFalse(everything.contains(secret));
    }

    @Test
    void whatWasIssuedIsListed() {
        NewKey wanted = new NewKey(
                "ingest",
                Set.of(KeyScope.READ, KeyScope.WRITE),
                List.of("docs-*"),
                control.clock.instant().plus(Duration.ofDays(1)),
                90L);
        IssuedKey issued = keys.issue(tenant.id(), wanted, OPERATOR);
        KeyView listed = keys.page(tenant.id(), null, 10).items().getFirst();
        assertEquals(issued.key(), listed);
        assertTrue(issued.secret().startsWith(listed.prefix()));
        assertEquals(OPERATOR.name(), listed.createdBy());
    }

    @Test
    void pagesAreNewestFirst() {
        UUID first = keys.issue(tenant.id(), READER, OPERATOR).key().id();
        UUID second = keys.issue(tenant.id(), READER, OPERATOR).key().id();
        var page = keys.page(tenant.id(), null, 1);
        assertEquals(second, page.items().getFirst().id());
        assertEquals(
                first, keys.page(tenant.id(), page.next(), 1).items().getFirst().id());
    }

    @Test
    void everyFieldIsChecked() {
        NewKey wrong = new NewKey(
                " ",
                Set.of(),
                Collections.nCopies(51, "*"),
                control.clock.instant().minusSeconds(1),
                0L);
        ProblemException problem =
                assertProblem(ProblemType.VALIDATION_FAILED, () -> keys.issue(tenant.id(), wrong, OPERATOR));
        String errors = String.valueOf(problem.members().get("errors"));
        for (String field : List.of("name", "scopes", "collectionPatterns", "expiresAt", "requestsPerMinute")) {
            assertTrue(errors.contains("field=" + field), errors);
        }
    }

    @Test
    void revokingTwiceIsOneRevocation() {
        KeyView key = keys.issue(tenant.id(), READER, OPERATOR).key();
        KeyView once = keys.revoke(tenant.id(), key.id(), OPERATOR, "leaked");
        control.clock.advance(Duration.ofSeconds(5));
        assertEquals(once, keys.revoke(tenant.id(), key.id(), OPERATOR, "again"));
        assertEquals(
                1,
                control.audit
                        .page(tenant.id(), new AuditQuery("key.revoke", null), null, 10)
                        .items()
                        .size());
    }

    @Test
    void anothersKeyLooksLikeNone() {
        Tenant other = control.tenant();
        UUID key = keys.issue(other.id(), READER, OPERATOR).key().id();
        ProblemException foreign =
                assertProblem(ProblemType.NOT_FOUND, () -> keys.revoke(tenant.id(), key, OPERATOR, "not mine"));
        UUID nobodys = UUID.randomUUID();
        ProblemException missing =
                assertProblem(ProblemType.NOT_FOUND, () -> keys.revoke(tenant.id(), nobodys, OPERATOR, "nobody's"));
        assertEquals(
                foreign.detail().replace(key.toString(), ""), missing.detail().replace(nobodys.toString(), ""));
        assertProblem(ProblemType.NOT_FOUND, () -> keys.rotate(tenant.id(), key, Duration.ZERO, OPERATOR));
        assertNotNull(keys.get(other.id(), key));
    }

    @Test
    void aRotatedKeyOverlapsWithItsSuccessor() {
        IssuedKey old = keys.issue(tenant.id(), READER, OPERATOR);
        IssuedKey successor = keys.rotate(tenant.id(), old.key().id(), Duration.ofHours(1), OPERATOR);
        KeyAuthenticator authenticator = control.authenticator();
        assertNotEquals(old.secret(), successor.secret());
        assertEquals(old.key().id(), successor.key().rotates());
        assertInstanceOf(KeyAuthentication.Authenticated.class, authenticator.authenticate(old.secret()));
        assertInstanceOf(KeyAuthentication.Authenticated.class, authenticator.authenticate(successor.secret()));
        control.clock.advance(Duration.ofHours(1));
        assertEquals(
                new KeyAuthentication.Refused(KeyAuthentication.Reason.EXPIRED),
                authenticator.authenticate(old.secret()));
        assertInstanceOf(KeyAuthentication.Authenticated.class, authenticator.authenticate(successor.secret()));
        assertProblem(
                ProblemType.CONFLICT, () -> keys.rotate(tenant.id(), old.key().id(), Duration.ZERO, OPERATOR));
    }

    @Test
    void theStateDecidesWhatMayBeDoneWithKeys() {
        KeyView key = keys.issue(tenant.id(), READER, OPERATOR).key();
        control.tenants.suspend(tenant.id(), Change.by(OPERATOR, "unpaid"));
        assertProblem(ProblemType.TENANT_SUSPENDED, () -> keys.issue(tenant.id(), READER, OPERATOR));
        assertNotNull(keys.revoke(tenant.id(), key.id(), OPERATOR, "leaked").revokedAt());
        control.tenants.transition(tenant.id(), TenantState.DELETING, Change.by(OPERATOR, "gone"));
        assertProblem(ProblemType.TENANT_NOT_ACTIVE, () -> keys.revoke(tenant.id(), key.id(), OPERATOR, "x"));
    }

    @Test
    void lastUseIsWrittenInBatches() {
        IssuedKey issued = keys.issue(tenant.id(), READER, OPERATOR);
        KeyAuthenticator authenticator = control.authenticator();
        authenticator.authenticate(issued.secret());
        control.clock.advance(Duration.ofSeconds(3));
        authenticator.authenticate(issued.secret());
        assertEquals(1, control.uses.flush());
        assertEquals(
                control.clock.instant(),
                keys.get(tenant.id(), issued.key().id()).lastUsedAt());
        assertEquals(0, control.uses.flush());
    }
}
