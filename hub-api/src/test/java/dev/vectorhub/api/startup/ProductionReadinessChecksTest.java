package dev.vectorhub.api.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProductionReadinessChecksTest {

    private static final Finding WARNING = new Finding(Finding.Severity.WARNING, "a", "is empty");
    private static final Finding SEVERE = new Finding(Finding.Severity.SEVERE, "b", "is weak");
    private static final Finding FATAL = new Finding(Finding.Severity.FATAL, "c", "is not known");

    @Test
    void severeFindingsStopProductionOnlyAndFatalOnesEverything() {
        List<Finding> found = List.of(WARNING, SEVERE, FATAL);
        assertEquals(List.of(SEVERE, FATAL), ProductionReadinessChecks.decide(found, true));
        assertEquals(List.of(FATAL), ProductionReadinessChecks.decide(found, false));
    }

    @Test
    void thePepperMustBeLongAndRandom() {
        assertEquals(Finding.Severity.FATAL, severity("not base64 !"));
        assertEquals(Finding.Severity.FATAL, severity(""));
        assertEquals(Finding.Severity.FATAL, severity(Base64.getEncoder().encodeToString(new byte[31])));
        assertEquals(Finding.Severity.SEVERE, severity(Base64.getEncoder().encodeToString(new byte[32])));
        byte[] varied = new byte[32];
        for (int i = 0; i < varied.length; i++) {
            varied[i] = (byte) (i * 37);
        }
        String good = Base64.getEncoder().encodeToString(varied);
        assertEquals(Optional.empty(), SecretsCheck.pepper(good));
    }

    private static Finding.Severity severity(String pepper) {
        Finding finding = SecretsCheck.pepper(pepper).orElseThrow();
        assertEquals(SecretsCheck.PEPPER, finding.property());
        assertTrue(pepper.isEmpty() || !finding.message().contains(pepper), "a secret is never shown");
        assertFalse(finding.message().isBlank());
        return finding.severity();
    }
}
