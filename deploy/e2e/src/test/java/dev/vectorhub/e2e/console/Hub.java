package dev.vectorhub.e2e.console;

import dev.vectorhub.e2e.SharedHub;
import org.jspecify.annotations.Nullable;

/**
 * The hub under test: the one that {@code hub.e2e.*} names, else the one that all tests of this run share, with a tenant
 * that was signed up the real way.
 */
record Hub(String console, String api, Login operator, Login member, String organisation) {
    private static final String ORGANISATION = "Osprey Robotics";
    private static final String EMAIL = "mara@osprey.test";
    private static final String PASSWORD = "browser-test-pass-1";

    private static @Nullable Hub hub;

    record Login(String user, String password) {}

    static synchronized Hub get() {
        if (hub == null) {
            hub = System.getProperty("hub.e2e.console") == null ? shared() : named();
        }
        return hub;
    }

    private static Hub shared() {
        SharedHub shared = SharedHub.get();
        shared.signup(ORGANISATION, EMAIL, PASSWORD);
        return new Hub(
                shared.console(),
                shared.api(),
                new Login(shared.operator(), shared.operatorPassword()),
                new Login(EMAIL, PASSWORD),
                ORGANISATION);
    }

    private static Hub named() {
        return new Hub(
                required("hub.e2e.console"),
                required("hub.e2e.api"),
                new Login(required("hub.e2e.operator.user"), required("hub.e2e.operator.password")),
                new Login(required("hub.e2e.member.user"), required("hub.e2e.member.password")),
                required("hub.e2e.member.organisation"));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new AssertionError("the system property " + property + " is not set");
        }
        return value;
    }
}
