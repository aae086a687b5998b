package dev.vectorhub.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Follows the link of Keycloak's verification mail as a person in a fresh browser would: opens it, confirms on the page
 * that asks, and ends on the page that leads back to the application.
 */
public final class VerificationLink {
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int STEPS_MAX = 10;

    private final HttpClient http;
    private final String origin;
    // Keycloak marks its cookies Secure and a browser takes loopback for secure; the JDK's cookie store does not.
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private VerificationLink(HttpClient http, URI link) {
        this.http = http;
        this.origin = origin(link);
    }

    /**
     * Returns where the application wants the person to go on, once the address is verified.
     *
     * @throws ServerException if the link is expired or leads to no such page
     */
    public static URI follow(URI link) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            return new VerificationLink(http, link).walk(link);
        } catch (IOException e) {
            throw new ServerException("cannot follow the verification link: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while following the verification link", e);
        }
    }

    private URI walk(URI link) throws IOException, InterruptedException {
        URI next = link;
        boolean confirmed = false;
        for (int step = 0; step < STEPS_MAX; step++) {
            HttpResponse<String> page = get(next);
            Optional<String> location = page.headers().firstValue("Location");
            if (location.isPresent()) {
                next = next.resolve(location.get());
                if (!origin(next).equals(origin)) {
                    return next;
                }
                continue;
            }
            if (page.statusCode() != 200) {
                throw new ServerException("the verification link is refused with status " + page.statusCode());
            }
            Optional<URI> confirm = confirmed ? Optional.empty() : href(page.body(), true);
            if (confirm.isEmpty()) {
                return href(page.body(), false)
                        .orElseThrow(() -> new ServerException("the page behind the link leads nowhere"));
            }
            confirmed = true;
            next = confirm.get();
        }
        throw new ServerException("the verification link leads in circles");
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return response;
    }

    /** The confirmation of the page, or its way out to the application. */
    private Optional<URI> href(String page, boolean confirmation) {
        Matcher matcher = HREF.matcher(page);
        while (matcher.find()) {
            String target = matcher.group(1).replace("&amp;", "&");
            if (!target.startsWith("http")) {
                continue;
            }
            boolean inside = target.startsWith(origin + "/");
            if (confirmation ? inside && target.contains("/login-actions/action-token") : !inside) {
                return Optional.of(URI.create(target));
            }
        }
        return Optional.empty();
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
