package dev.vectorhub.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears the news of all processes, on one connection of its own.
 *
 * <p>PostgreSQL keeps no news for who is not there. Whenever a connection begins to listen, at the start and after each
 * loss, subscribers are therefore told to trust nothing they cached before ({@link EventSubscriber#onGap}). A silent
 * connection is tried every {@value #SILENCE_MILLIS} ms, so that a dead one is noticed.
 */
public final class EventListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventListener.class);
    private static final int SILENCE_MILLIS = 5_000;
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
                thread.join(SILENCE_MILLIS);
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
                listen(connection);
                backoff = BACKOFF_MILLIS_MIN;
                receive(connection);
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

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + HubEvent.CHANNEL);
        }
        for (EventSubscriber subscriber : subscribers) {
            subscriber.onGap();
        }
        listening.countDown();
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        while (!isClosing()) {
            PGNotification[] news = driver.getNotifications(SILENCE_MILLIS);
            if (news == null || news.length == 0) {
                if (!connection.isValid(PROBE_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
                continue;
            }
            for (PGNotification notification : news) {
                HubEvent.decode(notification.getParameter()).ifPresent(this::publish);
            }
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
