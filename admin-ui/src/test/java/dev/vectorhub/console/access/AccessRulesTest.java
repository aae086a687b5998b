package dev.vectorhub.console.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.console.access.AccessRules.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final Viewer OPERATOR = new Viewer("s1", "Ola", "ola@hub.example", true);
    private static final Viewer PERSON = new Viewer("s2", "Mara", "mara@tenant.example", false);

    @ParameterizedTest
    @CsvSource({
        // page, viewer, member of the route's tenant, verdict
        "PUBLIC,nobody,false,ALLOWED",
        "PUBLIC,person,false,ALLOWED",
        "SIGNED_IN,nobody,false,SIGN_IN",
        "SIGNED_IN,person,false,ALLOWED",
        "SIGNED_IN,operator,false,ALLOWED",
        "MEMBER,nobody,false,SIGN_IN",
        "MEMBER,person,true,ALLOWED",
        "MEMBER,person,false,NOT_FOUND",
        "MEMBER,operator,false,NOT_FOUND",
        "MEMBER,operator,true,ALLOWED",
        "OPERATOR,nobody,false,SIGN_IN",
        "OPERATOR,person,false,FORBIDDEN",
        "OPERATOR,person,true,FORBIDDEN",
        "OPERATOR,operator,false,ALLOWED",
    })
    void eachPageOpensForWhomItIsMeant(Need need, String who, boolean member, Verdict expected) {
        assertEquals(expected, AccessRules.decide(need, viewer(who), member));
    }

    @Test
    void aPageThatDoesNotSayIsForNobody() {
        assertEquals(Verdict.NOT_FOUND, AccessRules.decide(null, OPERATOR, true));
        assertEquals(Verdict.NOT_FOUND, AccessRules.decide(null, null, false));
    }

    private static @Nullable Viewer viewer(String who) {
        return switch (who) {
            case "operator" -> OPERATOR;
            case "person" -> PERSON;
            default -> null;
        };
    }
}
