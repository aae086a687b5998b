package dev.vectorhub.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventListenerIT {
    private static final String NAME = "listener-" + UUID.randomUUID();

    private final Control control = Control.shared();
    private final Heard heard = new Heard();
    private final AtomicInteger refusals = new AtomicInteger();
    private final EventListener listener = new EventListener(this::open, List.of(new Faulty(), heard));

    private static final class Heard implements EventSubscriber {
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(HubEvent event) {
            // Other tests share the database.
            if (event.detail().startsWith(NAME)) {
                news.add(event.detail());
            }
        }

        @Override
        public void onGap() {
            news.add("gap");
        }

        @Nullable
        String next() throws InterruptedException {
            return news.poll(10, TimeUnit.SECONDS);
        }
    }

    private static final class Faulty implements EventSubscriber {
        @Override
        public void onEvent(HubEvent event) {
            throw new IllegalStateException("a fault of this subscriber");
        }

        @Override
        public void onGap() {}
    }

    private Connection open() throws SQLException {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SQLException("refused");
        }
        Connection connection = control.database().connect();
        connection.setClientInfo("ApplicationName", NAME);
        return connection;
    }

    @BeforeEach
    void start() throws InterruptedException {
        listener.start();
        assertTrue(listener.awaitListening(10_000));
        assertEquals("gap", heard.next());
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void newsComesInOrderAndOnlyOfWhatWasCommitted() throws InterruptedException {
        publish("1");
        assertThrows(
                IllegalStateException.class,
                () -> control.scoped.doAsSystem(tx -> {
                    new HubEvent(EventKind.KEY, UUID.randomUUID(), NAME + "rolled back").publish(tx);
                    throw new IllegalStateException();
                }));
        publish("2");
        assertEquals(NAME + "1", heard.next());
        assertEquals(NAME + "2", heard.next());
    }

    @Test
    void aLostConnectionIsAGapAndNewsGoesOn() throws Exception {
        refusals.set(2);
        assertEquals(1, killConnection());
        assertEquals("gap", heard.next());
        assertEquals(0, refusals.get());
        publish("after");
        assertEquals(NAME + "after", heard.next());
    }

    @Test
    void afterCloseNothingIsHeardAndNoConnectionStays() throws Exception {
        listener.close();
        publish("too late");
        assertFalse(heard.news.contains(NAME + "too late"));
        assertEquals(0, killConnection());
        assertNotNull(heard);
    }

    private void publish(String detail) {
        control.scoped.doAsSystem(tx -> new HubEvent(EventKind.KEY, UUID.randomUUID(), NAME + detail).publish(tx));
    }

    private int killConnection() throws SQLException {
        try (Connection connection = control.database().connectAsSuperuser();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + NAME
                                + "'")) {
            int killed = 0;
            while (rows.next()) {
                killed++;
            }
            return killed;
        }
    }
}
