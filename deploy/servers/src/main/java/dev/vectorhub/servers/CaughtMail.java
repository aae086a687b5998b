package dev.vectorhub.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that the catcher received.
 *
 * @param to the envelope's recipient
 * @param text its plain part, or empty
 * @param links the http links of the plain part, in order
 */
public record CaughtMail(String to, String from, String subject, Instant receivedAt, String text, List<String> links) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    static CaughtMail read(MimeMessage message, String to, Instant receivedAt) {
        try {
            String plain = plain(message);
            String text = plain == null ? "" : plain;
            List<String> links = new ArrayList<>();
            Matcher matcher = LINK.matcher(text);
            while (matcher.find()) {
                links.add(matcher.group());
            }
            String from = message.getFrom() == null || message.getFrom().length == 0
                    ? ""
                    : String.valueOf(message.getFrom()[0]);
            String subject = message.getSubject() == null ? "" : message.getSubject();
            return new CaughtMail(to, from, subject, receivedAt, text, List.copyOf(links));
        } catch (MessagingException | IOException e) {
            return new CaughtMail(to, "", "(unreadable: " + e.getMessage() + ")", receivedAt, "", List.of());
        }
    }

    static String json(List<CaughtMail> mails) {
        ArrayNode array = JSON.createArrayNode();
        for (CaughtMail mail : mails) {
            ObjectNode node = array.addObject();
            node.put("to", mail.to)
                    .put("from", mail.from)
                    .put("subject", mail.subject)
                    .put("receivedAt", mail.receivedAt.toString())
                    .put("text", mail.text);
            ArrayNode links = node.putArray("links");
            mail.links.forEach(links::add);
        }
        return array.toString();
    }

    static List<CaughtMail> parse(String json) throws IOException {
        List<CaughtMail> mails = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            List<String> links = new ArrayList<>();
            node.path("links").forEach(link -> links.add(link.asText()));
            mails.add(new CaughtMail(
                    node.path("to").asText(),
                    node.path("from").asText(),
                    node.path("subject").asText(),
                    Instant.parse(node.path("receivedAt").asText()),
                    node.path("text").asText(),
                    List.copyOf(links)));
        }
        return mails;
    }

    private static @Nullable String plain(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String found = plain(inner);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
