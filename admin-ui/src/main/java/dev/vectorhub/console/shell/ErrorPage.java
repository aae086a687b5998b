package dev.vectorhub.console.shell;

import dev.vectorhub.console.chart.ChartSvg;

/**
 * Our own page for what fails before or outside of the pages: a self-contained document in the console's look, with
 * nothing of the cause in it but the status and, for our own faults, a reference to find it in the log.
 */
final class ErrorPage {
    private ErrorPage() {}

    /** @param reference null where there is nothing to look up */
    static String html(int status, @org.jspecify.annotations.Nullable String reference) {
        Text text = Text.of(status);
        String note = reference == null
                ? ""
                : "<p class=\"plain-note\">Reference for the operator: <code>" + ChartSvg.escape(reference)
                        + "</code></p>";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Vectorizer Hub</title>
                <script>%s</script>
                <link rel="stylesheet" href="/aura/aura.css"><link rel="stylesheet" href="/console/console.css">
                </head>
                <body>
                <main class="plain"><div class="plain-card">
                <div class="brand">%s<span>Vectorizer Hub</span></div>
                <p class="plain-status">%d</p>
                <h1>%s</h1><p>%s</p>%s
                <p><a class="plain-link" href="/">%s</a></p>
                </div></main>
                </body>
                </html>
                """.formatted(
                text.title, ColorMode.EARLY_SCRIPT, Icon.LOGO_SVG, status, text.title, text.advice, note, text.link);
    }

    /** What a status means to the person who meets it. */
    record Text(String title, String advice, String link) {
        static Text of(int status) {
            return switch (status) {
                case 401 ->
                    new Text(
                            "The sign-in did not finish",
                            "It was started too long ago or in another tab. Starting again usually helps.",
                            "Sign in again");
                case 403 ->
                    new Text(
                            "This page is not for your account",
                            "If you need it, ask an operator of this hub for the right.",
                            "To your start page");
                case 404 ->
                    new Text(
                            "There is nothing at this address",
                            "It may have been deleted, or you may not belong to it. Check the address.",
                            "To your start page");
                case 405 ->
                    new Text(
                            "That cannot be done here",
                            "The address exists, but not for this request.",
                            "To your start page");
                case 413, 414, 431 -> new Text("The request is too large", "Send less at once.", "To your start page");
                case 502, 503, 504 ->
                    new Text(
                            "The hub is not ready",
                            "It is starting, or a part that it needs does not answer. Try again in a moment.",
                            "Try again");
                default ->
                    status < 500
                            ? new Text(
                                    "The request was not understood",
                                    "Check the address and try again.",
                                    "To your start page")
                            : new Text(
                                    "Something went wrong on our side",
                                    "It has been logged. Trying again may help; nothing was half done.",
                                    "To your start page");
            };
        }
    }
}
