package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.LedgerTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads the table {@code price}. */
@Singleton
public final class PriceService {
    private final LedgerTransactions transactions;

    @Inject
    public PriceService(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /** All prices, past and present. */
    public PriceList list() {
        return transactions.asSystem("reading the price list", connection -> {
            String sql = """
                    select plan_code, meter, unit_quantity, pricing_unit, unit_price, currency, valid_from
                      from price order by plan_code, meter, valid_from
                    """;
            List<Price> prices = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    prices.add(new Price(
                            rows.getString(1),
                            BillableMeter.ofCode(rows.getString(2)),
                            rows.getLong(3),
                            rows.getString(4),
                            rows.getBigDecimal(5).stripTrailingZeros(),
                            rows.getString(6),
                            rows.getObject(7, OffsetDateTime.class).toInstant()));
                }
            }
            return new PriceList(prices);
        });
    }
}
