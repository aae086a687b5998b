package dev.vectorhub.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyAuthentication;
import dev.vectorhub.apikey.KeyAuthenticator;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.tenant.TenantId;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

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
    void aRevocationThatNobodyWasNotifiedOfIsFoundByThePoll() throws Exception {
        KeyAuthenticator keys = control.authenticator();
        Heard polled = new Heard();
        try (EventListener deaf =
                new EventListener(() -> deaf(control.database().connect()), List.of(keys, polled))) {
            deaf.start();
            assertTrue(deaf.awaitListening(10_000));
            assertEquals("gap", polled.next());
            TenantId tenant = control.tenant().id();
            NewKey wanted = new NewKey("polled", Set.of(KeyScope.READ), List.of(), null);
            IssuedKey key = control.keys.issue(tenant, wanted, Control.OPERATOR);
            assertInstanceOf(KeyAuthentication.Authenticated.class, keys.authenticate(key.secret()));
            control.keys.revoke(tenant, key.key().id(), Control.OPERATOR, "lost");
            publish("marker");
            assertEquals(NAME + "marker", polled.next());
            assertEquals(
                    new KeyAuthentication.Refused(KeyAuthentication.Reason.REVOKED), keys.authenticate(key.secret()));
        }
    }

    @Test
    void whatCommitsLateIsPolledAllTheSameAndOnce() throws Exception {
        try (Connection reader = control.database().connect();
                Connection slow = control.database().connect()) {
            News news = News.from(reader);
            slow.setAutoCommit(false);
            insert(slow, "slow");
            publish("quick");
            assertEquals(List.of("quick"), own(news));
            slow.commit();
            publish("later");
            assertEquals(List.of("slow", "later"), own(news));
            assertEquals(List.of(), own(news));
        }
    }

    private static void insert(Connection connection, String detail) throws SQLException {
        try (var insert = connection.prepareStatement("insert into news (payload) values (?)")) {
            insert.setString(1, "key::" + NAME + detail);
            insert.executeUpdate();
        }
    }

    /** Details of this test's news, as far as they are new. */
    private static List<String> own(News news) throws SQLException {
        return news.poll().orElseThrow().stream()
                .map(payload -> HubEvent.decode(payload).orElseThrow().detail())
                .filter(detail -> detail.startsWith(NAME))
                .map(detail -> detail.substring(NAME.length()))
                .toList();
    }

    /** The connection, but no notification comes through it. */
    private static Connection deaf(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        PGConnection silent = proxy(PGConnection.class, (method, arguments) -> {
            if (method.getName().equals("getNotifications")) {
                Thread.sleep(10);
                return null;
            }
            return method.invoke(driver, arguments);
        });
        return proxy(
                Connection.class,
                (method, arguments) ->
                        method.getName().equals("unwrap") ? silent : method.invoke(connection, arguments));
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object of(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.of(method, arguments)));
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
