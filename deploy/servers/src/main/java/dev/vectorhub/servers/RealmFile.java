package dev.vectorhub.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The realm as JSON. Placeholders are whole strings such as {@code "{{apiUrl}}"} or parts of them. */
final class RealmFile {
    static final String REALM = "vectorhub";

    private static final ObjectMapper JSON = new ObjectMapper();

    private RealmFile() {}

    static ObjectNode fill(RealmSettings settings) {
        Map<String, String> values = Map.of(
                "apiClientSecret", settings.apiClientSecret(),
                "consoleClientSecret", settings.consoleClientSecret(),
                "apiUrl", settings.apiUrl(),
                "consoleUrl", settings.consoleUrl(),
                "smtpHost", settings.smtpHost(),
                "smtpPort", Integer.toString(settings.smtpPort()),
                "mailFrom", settings.mailFrom());
        String text = template();
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", escaped(value.getValue()));
        }
        if (text.contains("{{")) {
            throw new ServerException("the realm file names an unknown placeholder near "
                    + text.substring(text.indexOf("{{"), Math.min(text.length(), text.indexOf("{{") + 40)));
        }
        try {
            JsonNode realm = JSON.readTree(text);
            return (ObjectNode) realm;
        } catch (JsonProcessingException e) {
            throw new ServerException("the realm file is not JSON", e);
        }
    }

    private static String escaped(String value) {
        String quoted = TextNode.valueOf(value).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String template() {
        try (InputStream stream = RealmFile.class.getResourceAsStream("/keycloak/vectorhub-realm.json")) {
            if (stream == null) {
                throw new ServerException("keycloak/vectorhub-realm.json is missing from the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
