package dev.vectorhub.tenant;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.security.SecureRandom;
import java.util.UUID;

/** New identities: UUIDv7, so that they sort by the time of their making. */
public final class Ids {
    private final TimeBasedEpochRandomGenerator generator;

    public Ids(SecureRandom random) {
        this.generator = Generators.timeBasedEpochRandomGenerator(random);
    }

    public UUID next() {
        return generator.generate();
    }
}
