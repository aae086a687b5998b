package dev.vectorhub.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.CookieStore;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged console over HTTP, with a real Keycloak: what is open, what is not, and what errors look like. */
class ConsoleIT {
    private static final Pattern FORM_ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static Sandbox console;

    @BeforeAll
    static void start() throws Exception {
        console = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void everyOtherAddressLeadsToTheSignInWithPkce() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            for (String path :
                    new String[] {"/", "/overview", "/tenants?state=active", "/nothing", "/q/nothing", "/q/dev"}) {
                HttpResponse<String> answer = get(http, path);
                assertEquals(302, answer.statusCode(), path);
                String location = answer.headers().firstValue("location").orElse("");
                assertTrue(location.contains("/protocol/openid-connect/auth"), path + " leads to " + location);
                assertTrue(location.contains("code_challenge_method=S256"), location);
                assertTrue(location.contains("client_id=hub-console"), location);
            }
        }
    }

    @Test
    void publicPagesNeedNoSignIn() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            for (String path : new String[] {
                "/signup",
                "/check-your-mail",
                "/signed-out",
                "/sign-in-failed",
                "/q/health/ready",
                "/console/console.css",
                "/aura/aura.css",
                "/console/favicon.svg"
            }) {
                assertEquals(200, get(http, path).statusCode(), path);
            }
        }
    }

    @Test
    void theFrameworksCallsAreToldWhenNobodyIsSignedIn() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            HttpRequest forged = HttpRequest.newBuilder(URI.create(console.url() + "/?v-r=uidl&v-uiId=0"))
                    .header("Cookie", "q_session=forged")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertEquals(
                    401, http.send(forged, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void errorsHaveOurPage() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            HttpResponse<String> missing = get(http, "/VAADIN/build/nothing.js");
            assertEquals(404, missing.statusCode());
            assertTrue(missing.body().contains("There is nothing at this address"), missing.body());
        }
        // Without a session of its own.
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            HttpResponse<String> expired = get(http, "/?v-r=heartbeat");
            assertEquals(403, expired.statusCode());
            assertTrue(expired.body().contains("Vectorizer Hub"), expired.body());
        }
    }

    @Test
    void answersCarrySecurityHeaders() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.NEVER)) {
            HttpResponse<String> answer = get(http, "/signup");
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""));
            assertEquals("DENY", answer.headers().firstValue("X-Frame-Options").orElse(""));
            String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
            assertTrue(cookie.contains("HttpOnly"), cookie);
            assertTrue(cookie.contains("SameSite=Lax"), cookie);
        }
    }

    @Test
    void signingInOpensTheConsoleAndSigningOutClosesIt() throws Exception {
        try (HttpClient http = client(HttpClient.Redirect.ALWAYS)) {
            HttpResponse<String> page = signIn(http, Sandbox.OPERATOR);
            assertEquals(200, page.statusCode());
            assertEquals(console.url() + "/overview", page.uri().toString().replaceAll("[?].*", ""));
            assertTrue(page.body().contains("console/console.css"), "the console's page");
            assertFalse(page.body().contains("kc-form-login"), "not Keycloak's");

            HttpResponse<String> out = get(http, "/logout");
            assertEquals(console.url() + "/signed-out", out.uri().toString().replaceAll("[?].*", ""));
            HttpResponse<String> again = get(http, "/overview");
            assertTrue(again.uri().getPath().contains("openid-connect"), "asks to sign in again: " + again.uri());
        }
    }

    /** Follows the way from the console to Keycloak's form, which asks for name and password on one or two pages. */
    private static HttpResponse<String> signIn(HttpClient http, String user) throws Exception {
        HttpResponse<String> page = get(http, "/overview");
        assertTrue(page.body().contains("/login/vectorhub/css/hub.css"), "the sign-in has the console's look");
        if (!page.body().contains("name=\"password\"")) {
            page = post(http, page, "username=" + encode(user));
        }
        return post(http, page, "username=" + encode(user) + "&password=" + encode(Sandbox.PASSWORD));
    }

    private static HttpResponse<String> post(HttpClient http, HttpResponse<String> page, String form) throws Exception {
        Matcher action = FORM_ACTION.matcher(page.body());
        assertTrue(action.find(), "a form on " + page.uri());
        HttpRequest request = HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(HttpClient http, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(console.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client(HttpClient.Redirect redirect) {
        CookieStore cookies = new CookieManager().getCookieStore();
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager(new LoopbackCookies(cookies), CookiePolicy.ACCEPT_ALL))
                .followRedirects(redirect)
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
