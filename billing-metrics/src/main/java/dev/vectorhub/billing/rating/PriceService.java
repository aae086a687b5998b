package dev.vectorhub.billing.rating;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Reads the table {@code price}. */
@Singleton
public final class PriceService {
    private final DataSource dataSource;

    @Inject
    public PriceService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public PriceList list() {
        throw new UnsupportedOperationException(dataSource.toString());
    }
}
