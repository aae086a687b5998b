package dev.vectorhub.servers;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Reads a {@link MailCatcher} over its HTTP API: from another process, or from another class loader of this one. */
public record MailInbox(int smtpPort, int apiPort) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Messages to that address, the newest first; for an empty address, all. */
    public List<CaughtMail> messages(String to) {
        URI uri = URI.create(
                "http://127.0.0.1:" + apiPort + "/messages?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            return CaughtMail.parse(answer.body());
        } catch (IOException e) {
            throw new ServerException("the mail catcher at port " + apiPort + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while mail was read", e);
        }
    }
}
