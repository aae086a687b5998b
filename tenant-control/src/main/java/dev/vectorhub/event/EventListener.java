package dev.vectorhub.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears the news of all processes, on one connection of its own.
 *
 * <p>PostgreSQL keeps no notification for who is not there. Whenever a connection begins to listen, at the start and after
 * each loss, subscribers are therefore told to trust nothing they cached before ({@link EventSubscriber#onGap}). Beside
 * listening it asks every {@value #POLL_MILLIS} ms for what is newer than what it has seen ({@link News}): that finds what
 * a notification did not bring (a pooler in between swallows them) and a connection that is dead.
 */
public final class EventListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventListener.class);
    private static final int POLL_MILLIS = 2_000;
    private static final int PRUNE_EVERY_POLLS = 30;
    private static final int CLOSE_MILLIS_MAX = 5_000;
    private static final int PROBE_SECONDS = 5;
    private static final long BACKOFF_MILLIS_MIN = 100;
    private static final long BACKOFF_MILLIS_MAX = 5_000;

    /** Opens the connection, outside of any pool; its driver is pgjdbc. */
    @FunctionalInterface
    public interface Source {
        Connection open() throws SQLException;
    }

    private final Source source;
    private final List<EventSubscriber> subscribers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile @Nullable Connection current;
    private @Nullable Thread thread;

    public EventListener(Source source, List<? extends EventSubscriber> subscribers) {
        this.source = source;
        this.subscribers = List.copyOf(subscribers);
    }

    /** Begins; the first connection is made behind the caller's back. */
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("hub-events").start(this::run);
        }
    }

    /** Waits for the first connection. False if there is none in time. */
    public boolean awaitListening(long millis) throws InterruptedException {
        return listening.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        abort();
        if (thread != null) {
            try {
                thread.join(CLOSE_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        long backoff = BACKOFF_MILLIS_MIN;
        while (!isClosing()) {
            try (Connection connection = source.open()) {
                current = connection;
                News news = listen(connection);
                backoff = BACKOFF_MILLIS_MIN;
                receive(connection, news);
            } catch (SQLException e) {
                if (isClosing()) {
                    return;
                }
                LOG.warnf("no news from the database, trying again in %d ms: %s", backoff, e.getMessage());
                pause(backoff);
                backoff = Math.min(2 * backoff, BACKOFF_MILLIS_MAX);
            } finally {
                current = null;
            }
        }
    }

    private News listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + HubEvent.CHANNEL);
        }
        News news = News.from(connection);
        tellGap();
        listening.countDown();
        return news;
    }

    private void receive(Connection connection, News news) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        long polled = System.nanoTime();
        int polls = 0;
        while (!isClosing()) {
            long left = POLL_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - polled);
            PGNotification[] heard = left > 0 ? driver.getNotifications(Math.toIntExact(left)) : null;
            if (heard != null) {
                for (PGNotification notification : heard) {
                    HubEvent.decode(notification.getParameter()).ifPresent(this::publish);
                }
            }
            if (System.nanoTime() - polled >= TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)) {
                poll(connection, news);
                polled = System.nanoTime();
                if (++polls % PRUNE_EVERY_POLLS == 0) {
                    news.prune();
                }
            }
        }
    }

    private void poll(Connection connection, News news) throws SQLException {
        if (!connection.isValid(PROBE_SECONDS)) {
            throw new SQLException("the connection is dead");
        }
        Optional<Set<String>> payloads = news.poll();
        if (payloads.isEmpty()) {
            tellGap();
            return;
        }
        for (String payload : payloads.get()) {
            HubEvent.decode(payload).ifPresent(this::publish);
        }
    }

    private void tellGap() {
        for (EventSubscriber subscriber : subscribers) {
            subscriber.onGap();
        }
    }

    private void publish(HubEvent event) {
        for (EventSubscriber subscriber : subscribers) {
            try {
                subscriber.onEvent(event);
            } catch (RuntimeException e) {
                // One subscriber's fault must not make the others deaf.
                LOG.errorf(e, "%s failed on %s", subscriber.getClass().getSimpleName(), event.kind());
            }
        }
    }

    private void abort() {
        Connection connection = current;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debugf("closing the connection for news: %s", e.getMessage());
            }
        }
    }

    private void pause(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
