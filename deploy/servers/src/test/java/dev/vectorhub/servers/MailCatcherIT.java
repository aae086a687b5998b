package dev.vectorhub.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MailCatcherIT {

    @Test
    void anotherProcessReadsMessagesByAddressNewestFirst() throws Exception {
        try (MailCatcher catcher = MailCatcher.start(0, 0)) {
            send(catcher, "ann@a.test", "first", "Open http://127.0.0.1:1/x?key=a.b-c now\nor https://b.test/");
            send(catcher, "ann@a.test", "second", "no link");
            send(catcher, "bob@a.test", "other", "for bob");

            JsonNode mails = get(catcher, "/messages?to=Ann%40a.test");
            assertEquals(2, mails.size());
            assertEquals("second", mails.path(0).path("subject").asText());
            assertEquals("first", mails.path(1).path("subject").asText());
            assertEquals(
                    "[\"http://127.0.0.1:1/x?key=a.b-c\",\"https://b.test/\"]",
                    mails.path(1).path("links").toString());
            assertEquals(3, get(catcher, "/messages").size());
            MailInbox inbox = new MailInbox(catcher.smtpPort(), catcher.apiPort());
            assertEquals(catcher.messages("ann@a.test"), inbox.messages("ann@a.test"));
            assertEquals(3, inbox.messages("").size());
        }
    }

    @Test
    void namesAnOccupiedPort() {
        try (MailCatcher catcher = MailCatcher.start(0, 0)) {
            PortInUseException refused =
                    assertThrows(PortInUseException.class, () -> MailCatcher.start(catcher.smtpPort(), 0));
            assertEquals(catcher.smtpPort(), refused.port());
        }
    }

    private static void send(MailCatcher catcher, String to, String subject, String text) {
        GreenMailUtil.sendTextEmail(
                to, "hub@a.test", subject, text, new ServerSetup(catcher.smtpPort(), "127.0.0.1", "smtp"));
    }

    private static JsonNode get(MailCatcher catcher, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + catcher.apiPort() + path))
                    .build();
            return new ObjectMapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }
}
