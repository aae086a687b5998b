package dev.vectorhub.tenant;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * New identities: UUIDv7, so that they sort by the time of their making; those of one millisecond, too, where one process
 * makes them. Pages of the audit and of keys rely on that order.
 */
public final class Ids {
    private final TimeBasedEpochGenerator generator;

    public Ids(SecureRandom random) {
        this.generator = Generators.timeBasedEpochGenerator(random);
    }

    public UUID next() {
        return generator.generate();
    }
}
