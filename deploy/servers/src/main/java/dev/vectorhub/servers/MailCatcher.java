package dev.vectorhub.servers;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server on loopback that delivers to nobody: each message is kept in memory to be read.
 *
 * <p>Other processes read over HTTP: {@code GET /messages?to=ADDRESS} answers a JSON array of {@link CaughtMail}, the
 * newest first; without {@code to}, all. The newest {@value #KEPT} messages are kept, older ones are forgotten.
 */
public final class MailCatcher implements AutoCloseable {
    static final int KEPT = 500;

    private static final Logger LOG = LoggerFactory.getLogger(MailCatcher.class);

    private final GreenMail smtp;
    private final HttpServer http;
    private final Deque<CaughtMail> newestFirst;

    private MailCatcher(GreenMail smtp, HttpServer http, Deque<CaughtMail> newestFirst) {
        this.smtp = smtp;
        this.http = http;
        this.newestFirst = newestFirst;
    }

    /**
     * Starts a catcher and waits until both of its ports answer.
     *
     * @param smtpPort 0 for a free one
     * @param apiPort 0 for a free one
     * @throws PortInUseException if something else listens on a port
     */
    public static MailCatcher start(int smtpPort, int apiPort) {
        int smtp = Ports.require("the mail catcher", smtpPort);
        int api = Ports.require("the mail catcher's API", apiPort);
        Deque<CaughtMail> kept = new ArrayDeque<>();
        GreenMail greenMail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        Clock clock = Clock.systemUTC();
        try {
            greenMail.start();
            GreenMailUser inbox = greenMail.setUser("catcher@localhost", "catcher");
            greenMail.getUserManager().setMessageDeliveryHandler((message, address) -> {
                keep(kept, CaughtMail.read(message.getMessage(), address.getEmail(), clock.instant()));
                forget(greenMail);
                return inbox;
            });
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), api), 16);
            MailCatcher catcher = new MailCatcher(greenMail, http, kept);
            http.createContext("/messages", catcher::answer);
            http.start();
            return catcher;
        } catch (IOException | RuntimeException e) {
            greenMail.stop();
            throw new ServerException("the mail catcher does not start: " + e.getMessage(), e);
        }
    }

    public int smtpPort() {
        return smtp.getSmtp().getPort();
    }

    public int apiPort() {
        return http.getAddress().getPort();
    }

    /** Messages to that address, the newest first. */
    public List<CaughtMail> messages(String to) {
        String wanted = to.toLowerCase(Locale.ROOT);
        List<CaughtMail> found = new ArrayList<>();
        synchronized (newestFirst) {
            for (CaughtMail mail : newestFirst) {
                if (wanted.isEmpty() || mail.to().toLowerCase(Locale.ROOT).equals(wanted)) {
                    found.add(mail);
                }
            }
        }
        return found;
    }

    static void keep(Deque<CaughtMail> kept, CaughtMail mail) {
        synchronized (kept) {
            kept.addFirst(mail);
            if (kept.size() > KEPT) {
                kept.removeLast();
            }
        }
    }

    /** GreenMail keeps a copy of its own for ever; we have ours. */
    private static void forget(GreenMail greenMail) {
        try {
            greenMail.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            LOG.warn("cannot empty the mail store: {}", e.getMessage());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = CaughtMail.json(
                            messages(addressed(exchange.getRequestURI().getRawQuery())))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String addressed(@Nullable String query) {
        if (query == null || !query.startsWith("to=")) {
            return "";
        }
        return URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.stop(0);
        smtp.stop();
    }
}
