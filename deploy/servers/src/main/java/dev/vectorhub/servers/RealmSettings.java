package dev.vectorhub.servers;

/**
 * What differs between installations of the realm {@code vectorhub}.
 *
 * @param apiClientSecret of the client {@code hub-api}
 * @param consoleClientSecret of the client {@code hub-console}
 * @param apiUrl public URL of the API, without a slash at the end; verification mails lead back to it
 * @param consoleUrl public URL of the console, without a slash at the end
 * @param smtpHost where mail is handed over, unencrypted
 * @param mailFrom sender of the realm's mail
 */
public record RealmSettings(
        String apiClientSecret,
        String consoleClientSecret,
        String apiUrl,
        String consoleUrl,
        String smtpHost,
        int smtpPort,
        String mailFrom) {

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "RealmSettings[apiUrl=" + apiUrl + ", consoleUrl=" + consoleUrl + "]";
    }
}
