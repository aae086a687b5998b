package dev.vectorhub.event;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** Listens for as long as the application runs, with the pool's address and login but on a connection of its own. */
@Singleton
class EventListenerBean {
    private final EventListener listener;

    EventListenerBean(AgroalDataSource pool, @All List<EventSubscriber> subscribers) {
        AgroalConnectionFactoryConfiguration factory =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        this.listener = new EventListener(() -> connect(factory), subscribers);
    }

    void start(@Observes StartupEvent event) {
        listener.start();
    }

    void stop(@Observes ShutdownEvent event) {
        listener.close();
    }

    private static Connection connect(AgroalConnectionFactoryConfiguration factory) throws SQLException {
        Properties login = new Properties();
        login.putAll(factory.jdbcProperties());
        Principal user = factory.principal();
        if (user instanceof NamePrincipal name) {
            login.setProperty("user", name.getName());
        }
        for (Object credential : factory.credentials()) {
            if (credential instanceof SimplePassword password) {
                login.setProperty("password", password.getWord());
            }
        }
        login.setProperty("ApplicationName", "vectorizer-hub events");
        login.setProperty("tcpKeepAlive", "true");
        Connection connection = new Driver().connect(factory.jdbcUrl(), login);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL URL: " + factory.jdbcUrl());
        }
        return connection;
    }
}
