package dev.vectorhub.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.servers.ServerException;
import dev.vectorhub.servers.VerificationLink;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signs a tenant up as a person would: the form, the mail, the link in it, the first key. */
public final class SignupFlow {
    private static final Duration STEP_MAX = Duration.ofSeconds(90);
    private static final int POLL_MILLIS = 200;
    private static final int PASSWORD_BYTES = 15;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"'<>]+/login-actions/action-token[^\\s\"'<>]*");

    private final RunState run;
    private final Progress progress;
    private final HttpClient http = HubApi.newClient();

    public SignupFlow(RunState run, Progress progress) {
        this.run = run;
        this.progress = progress;
    }

    /** What the person types into the form; the plan and the mode may be left to the hub. */
    public record Wish(
            String organisation,
            String email,
            String password,
            @Nullable String plan,
            @Nullable String isolation) {}

    /**
     * What the person has at the end.
     *
     * @param token access token of the control API, valid for minutes
     */
    public record Member(String tenant, String apiKey, String token) {}

    public static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "-1aA";
    }

    public Member run(Wish wish) throws InterruptedException {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("organisation", wish.organisation());
        form.put("email", wish.email());
        form.put("password", wish.password());
        if (wish.plan() != null) {
            form.put("plan", wish.plan());
        }
        if (wish.isolation() != null) {
            form.put("isolation", wish.isolation());
        }
        new HubApi(http, run.apiUrl(), Map.of()).post("/v1/signup", form);
        progress.step("signed up " + wish.organisation() + "; waiting for the mail to " + wish.email());
        URI link = awaitMail(wish.email());
        follow(link);
        progress.step("followed the link in the mail");
        String token = token(wish);
        HubApi member = new HubApi(http, run.apiUrl(), Map.of("authorization", "Bearer " + token));
        String tenant = awaitActive(member);
        progress.step("tenant " + tenant + " is active");
        JsonNode key =
                member.post("/v1/keys", Map.of("name", "first key", "scopes", List.of("READ", "WRITE", "MANAGE")));
        return new Member(tenant, key.path("secret").asText(), token);
    }

    /** A fresh access token for a member, by the command line's own client. */
    private String token(Wish wish) throws InterruptedException {
        String form = "grant_type=password&client_id=hub-cli&scope=" + encode("openid organization") + "&username="
                + encode(wish.email()) + "&password=" + encode(wish.password());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(run.keycloakUrl() + "/realms/vectorhub/protocol/openid-connect/token"))
                .header("content-type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Failure("Keycloak refused the login of " + wish.email() + ": " + response.body());
            }
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(response.body())
                    .path("access_token")
                    .asText();
        } catch (IOException e) {
            throw new Failure("Keycloak does not answer at " + run.keycloakUrl(), e);
        }
    }

    private URI awaitMail(String email) throws InterruptedException {
        HubApi mail = new HubApi(http, run.mailUrl(), Map.of());
        long deadline = System.nanoTime() + STEP_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            // The newest comes first: an older one belongs to an earlier try.
            for (JsonNode message : mail.get("/messages?to=" + encode(email))) {
                Matcher found = LINK.matcher(message.path("text").asText());
                if (found.find()) {
                    return URI.create(found.group());
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new Failure("no mail with a link came to " + email + " within " + STEP_MAX.toSeconds()
                + " s; what was caught is at " + run.mailUrl());
    }

    /** Keycloak's pages lead back to the hub, whose page makes the tenant. */
    private void follow(URI link) throws InterruptedException {
        URI back;
        try {
            back = VerificationLink.follow(link);
        } catch (ServerException e) {
            throw new Failure("the link in the mail failed: " + e.getMessage(), e);
        }
        try {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(back).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 200) {
                throw new Failure("the hub's page " + back + " answered " + page.statusCode());
            }
        } catch (IOException e) {
            throw new Failure("the hub's page " + back + " does not answer", e);
        }
    }

    private static String awaitActive(HubApi member) throws InterruptedException {
        long deadline = System.nanoTime() + STEP_MAX.toNanos();
        String state = "";
        while (System.nanoTime() < deadline) {
            JsonNode tenant = member.get("/v1/tenant");
            state = tenant.path("state").asText();
            if (state.equals("ACTIVE")) {
                return tenant.path("id").asText();
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new Failure("the tenant is still " + state + " after " + STEP_MAX.toSeconds() + " s");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
