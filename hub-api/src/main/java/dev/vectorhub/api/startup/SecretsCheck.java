package dev.vectorhub.api.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Secrets that are missing, too short or known to everybody who has read the source. */
@ApplicationScoped
class SecretsCheck implements ProductionReadinessCheck {

    static final String PEPPER = "hub.key.pepper";
    private static final int PEPPER_BYTES_MIN = 32;
    private static final List<String> PASSWORDS =
            List.of("hub.datasource.password", "hub.datasource.owner-password", "hub.identity.client-secret");

    private final Config config;

    @Inject
    SecretsCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        pepper(config.getOptionalValue(PEPPER, String.class).orElse("")).ifPresent(findings::add);
        for (String property : PASSWORDS) {
            if (config.getOptionalValue(property, String.class).orElse("").isBlank()) {
                findings.add(new Finding(Finding.Severity.WARNING, property, "is empty"));
            }
        }
        return findings;
    }

    static Optional<Finding> pepper(String value) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Finding(Finding.Severity.FATAL, PEPPER, "is not base64"));
        }
        if (bytes.length < PEPPER_BYTES_MIN) {
            return Optional.of(new Finding(
                    Finding.Severity.FATAL,
                    PEPPER,
                    "must be at least " + PEPPER_BYTES_MIN + " random bytes in base64: openssl rand -base64 32"));
        }
        if (distinct(bytes) < PEPPER_BYTES_MIN / 4) {
            return Optional.of(new Finding(
                    Finding.Severity.SEVERE, PEPPER, "is no random value: whoever guesses it can make API keys"));
        }
        return Optional.empty();
    }

    private static long distinct(byte[] bytes) {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte value : bytes) {
            if (!seen[value & 0xff]) {
                seen[value & 0xff] = true;
                count++;
            }
        }
        return count;
    }
}
