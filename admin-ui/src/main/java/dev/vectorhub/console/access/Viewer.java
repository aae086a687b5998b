package dev.vectorhub.console.access;

/**
 * The signed-in person in front of the screen.
 *
 * @param subject id in the identity provider
 * @param name to address the person by
 * @param email may be empty
 * @param operator whether the person operates the installation (realm role)
 */
public record Viewer(String subject, String name, String email, boolean operator) {}
