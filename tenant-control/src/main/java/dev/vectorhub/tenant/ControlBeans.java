package dev.vectorhub.tenant;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;

/** Makes the beans that are no classes of ours, or have nothing to do with CDI. */
@Singleton
class ControlBeans {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @DefaultBean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Ids ids(SecureRandom random) {
        return new Ids(random);
    }

    @Produces
    @Singleton
    Scoped scoped(DataSource database) {
        return new Scoped(database);
    }
}
