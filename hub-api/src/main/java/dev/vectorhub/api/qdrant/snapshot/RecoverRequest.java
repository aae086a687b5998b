package dev.vectorhub.api.qdrant.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT …/snapshots/recover}: where the snapshot is. It is one of the tenant's own: by its name, its path, or a URL of
 * this service. The hub reads no files that a request names, and fetches nothing from anywhere.
 *
 * @param collection that the snapshot is of; null for the one that the request addresses
 * @param checksum SHA-256 in hexadecimal; null where none is given
 */
record RecoverRequest(
        @Nullable String collection,
        String snapshot,
        @Nullable String checksum) {

    private static final Set<String> PRIORITIES = Set.of("no_sync", "snapshot", "replica");
    private static final Pattern PATH = Pattern.compile("/collections/([^/]+)/snapshots/([^/]+)");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*");

    /**
     * Reads the body.
     *
     * @param ours hosts, with their ports, by which clients reach this service
     * @throws TenantApiException 400, or 403 for a location that is not the tenant's
     */
    static RecoverRequest read(byte[] bytes, Set<String> ours) {
        JsonNode body = JsonBody.read(bytes, JsonBody::tree);
        if (!body.isObject()) {
            throw BodyErrors.format("", "expected an object");
        }
        String location = text(body, "location");
        if (location == null) {
            throw BodyErrors.format("", "missing field `location`");
        }
        String priority = text(body, "priority");
        if (priority != null && !PRIORITIES.contains(priority)) {
            throw BodyErrors.format("priority", "expected one of `no_sync`, `snapshot`, `replica`");
        }
        text(body, "api_key");
        return at(location, text(body, "checksum"), ours);
    }

    private static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw BodyErrors.format(field, "expected a string");
        }
        return value.textValue();
    }

    private static RecoverRequest at(String location, @Nullable String checksum, Set<String> ours) {
        String path = location;
        if (SCHEME.matcher(location).matches()) {
            URI uri = uri(location);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("file")) {
                throw new TenantApiException(
                        403,
                        "Not available to tenants: files of the server are not read; name a snapshot of your own, or"
                                + " upload one");
            }
            String host =
                    uri.getRawAuthority() == null ? "" : uri.getRawAuthority().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || !ours.contains(host)) {
                throw foreign();
            }
            path = uri.getRawPath();
        }
        Matcher parts = PATH.matcher(path);
        if (parts.matches()) {
            return new RecoverRequest(decoded(parts.group(1)), decoded(parts.group(2)), checksum);
        }
        if (!path.equals(location) || path.contains("/")) {
            throw foreign();
        }
        return new RecoverRequest(null, location, checksum);
    }

    private static URI uri(String location) {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            throw BodyErrors.format("location", "not a URL");
        }
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BodyErrors.format("location", "not a URL");
        }
    }

    private static TenantApiException foreign() {
        return new TenantApiException(
                403,
                "Not available to tenants: nothing is fetched from other places; name a snapshot of your own"
                        + " (`<name>` or `<this service>/collections/<collection>/snapshots/<name>`), or upload one");
    }
}
