package dev.vectorhub.console.access;

import org.jspecify.annotations.Nullable;

/** Decides who may open a page. Pure; what it does not allow is refused. */
final class AccessRules {
    /** Outcome of the decision. */
    enum Verdict {
        ALLOWED,
        /** Nobody is signed in; signing in may help. */
        SIGN_IN,
        /** Signed in, but the page is for others. */
        FORBIDDEN,
        /** As if there were nothing: a foreign tenant looks exactly like a missing one. */
        NOT_FOUND
    }

    private AccessRules() {}

    /**
     * @param need what the page declares; null refuses everybody
     * @param viewer null when nobody is signed in
     * @param member whether the viewer belongs to the tenant that the route names; false when it names none
     */
    static Verdict decide(@Nullable Need need, @Nullable Viewer viewer, boolean member) {
        if (need == null) {
            return Verdict.NOT_FOUND;
        }
        if (need == Need.PUBLIC) {
            return Verdict.ALLOWED;
        }
        if (viewer == null) {
            return Verdict.SIGN_IN;
        }
        return switch (need) {
            case SIGNED_IN -> Verdict.ALLOWED;
            case MEMBER -> member ? Verdict.ALLOWED : Verdict.NOT_FOUND;
            case OPERATOR -> viewer.operator() ? Verdict.ALLOWED : Verdict.FORBIDDEN;
            case PUBLIC -> throw new IllegalStateException("decided above");
        };
    }
}
