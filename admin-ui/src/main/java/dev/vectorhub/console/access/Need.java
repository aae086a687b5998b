package dev.vectorhub.console.access;

/** Whom a page is for. A page that does not say is for nobody. */
public enum Need {
    /** Anybody, signed in or not. */
    PUBLIC,
    /** Anybody signed in. */
    SIGNED_IN,
    /** Members of the tenant that the route names. */
    MEMBER,
    /** Operators of the installation. */
    OPERATOR
}
