package dev.vectorhub.signup;

import dev.vectorhub.Faults;
import dev.vectorhub.identity.Identities;

/** The fake identity provider, for tests of other packages. */
public final class TestIdentities {

    private TestIdentities() {}

    public static Identities inMemory(Faults faults) {
        return new FakeIdentities(faults);
    }
}
