package dev.vectorhub.api.control.signup;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The page at the end of the mail's link. All text is ours; the only thing from outside is the console's address out of the
 * configuration, which is escaped all the same. It loads nothing and runs no script, and its policy says so.
 *
 * @param link where to go on; null where there is nothing to go on to
 */
record CompletionPage(
        int status, String title, String text, @Nullable String link) {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    static CompletionPage completed(String console) {
        return new CompletionPage(
                200,
                "Your address is verified",
                "Your tenant is being set up; that takes a few seconds. Log in to the console with the address and the"
                        + " password that you signed up with, and make your first API key there.",
                console);
    }

    static CompletionPage notVerified() {
        return new CompletionPage(
                200,
                "Not verified yet",
                "Please follow the link in the mail that we sent you. If you did, reload this page in a moment.",
                null);
    }

    static CompletionPage unknown(String console) {
        return new CompletionPage(
                404,
                "This link is not valid any more",
                "It was used a long time ago, or you have signed up again since then. If you have an account, log in;"
                        + " else sign up once more.",
                console);
    }

    static CompletionPage later() {
        return new CompletionPage(
                503,
                "One moment, please",
                "We cannot check your address right now. Nothing is lost: reload this page in a minute.",
                null);
    }

    Response toResponse() {
        return Response.status(status)
                .type(MediaType.TEXT_HTML + ";charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .entity(html())
                .build();
    }

    String html() {
        String onward = link == null ? "" : "<a href=\"" + escape(link) + "\">Go to the console</a>";
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s · Vectorizer Hub</title>
            <style>
            :root { font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
            main { max-width: 30rem; padding: 2rem; }
            .brand { font-weight: 600; opacity: .65; margin: 0 0 1.5rem; }
            h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
            p { margin: 0 0 1.5rem; }
            a { display: inline-block; padding: .6rem 1.1rem; border-radius: .5rem; background: #2457d6; color: #fff;
                text-decoration: none; }
            a:focus-visible { outline: 3px solid #89a9ff; outline-offset: 2px; }
            </style>
            </head>
            <body>
            <main>
            <p class="brand">Vectorizer Hub</p>
            <h1>%1$s</h1>
            <p>%2$s</p>
            %3$s
            </main>
            </body>
            </html>
            """.formatted(title, text, onward);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
