package dev.vectorhub.servers;

/**
 * The Keycloak that the tests of this JVM share; its mail goes to {@link #mail}.
 *
 * @param url for example {@code http://127.0.0.1:8180}
 * @param realm {@code vectorhub}
 * @param apiUrl what the realm takes for the API's public URL (system property {@code hub.test.api-url})
 * @param consoleUrl likewise the console's ({@code hub.test.console-url})
 */
public record TestKeycloak(
        String url,
        String realm,
        String apiClientSecret,
        String consoleClientSecret,
        String adminUser,
        String adminPassword,
        String apiUrl,
        String consoleUrl,
        MailInbox mail) {}
