package dev.vectorhub.api.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ControlPartsTest {

    private static final Membership ONE = membership(1);
    private static final Membership TWO = membership(2);

    private static Membership membership(long id) {
        return new Membership(
                new TenantId(new UUID(0, id)), "subject", MemberRole.MEMBER, "a@example.com", Instant.EPOCH);
    }

    @Test
    void anEntityTagIsTheVersion() {
        assertEquals("\"7\"", ETags.of(7));
        assertEquals(7, ETags.version("\"7\""));
        assertNull(ETags.version(null));
        assertNull(ETags.version("*"));
        for (String wrong : List.of("7", "\"x\"", "W/\"7\"", "\"\"", "\"")) {
            ProblemException refused = assertThrows(ProblemException.class, () -> ETags.version(wrong), wrong);
            assertEquals(ProblemType.PRECONDITION_FAILED, refused.type());
        }
    }

    @Test
    void parametersThatCannotBeReadAreNamed() {
        assertEquals(IsolationMode.STORAGE, Params.oneOf("isolation", "storage", IsolationMode.class));
        assertEquals(Instant.parse("2026-01-31T00:00:00Z"), Params.instant("from", "2026-01-31"));
        ProblemException refused = assertThrows(ProblemException.class, () -> Params.integer("limit", "501", 1, 500));
        assertEquals("limit must be a whole number from 1 to 500", refused.getMessage());
        assertThrows(ProblemException.class, () -> Params.instant("from", "yesterday"));
        assertThrows(ProblemException.class, () -> Params.oneOf("isolation", "some", IsolationMode.class));
    }

    @Test
    void aForeignTenantLooksLikeAMissingOne() {
        assertEquals(TWO, MemberTenants.choose(List.of(ONE, TWO), TWO.tenant().toString()));
        assertEquals(ONE, MemberTenants.choose(List.of(ONE), null));
        ProblemException foreign = assertThrows(
                ProblemException.class,
                () -> MemberTenants.choose(List.of(ONE), TWO.tenant().toString()));
        assertEquals(ProblemType.NOT_FOUND, foreign.type());
        assertThrows(ProblemException.class, () -> MemberTenants.choose(List.of(), null));
        assertThrows(ProblemException.class, () -> MemberTenants.choose(List.of(ONE, TWO), null));
    }
}
