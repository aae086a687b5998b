package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.usage.BillableMeter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The prices of all plans, past and present. */
public record PriceList(List<Price> prices) {
    public PriceList {
        prices = List.copyOf(prices);
    }

    /** The price in force at an instant. */
    public Optional<Price> find(String planCode, BillableMeter meter, Instant at) {
        Price found = null;
        for (Price price : prices) {
            boolean applies = price.planCode().equals(planCode)
                    && price.meter() == meter
                    && !price.validFrom().isAfter(at);
            if (applies && (found == null || price.validFrom().isAfter(found.validFrom()))) {
                found = price;
            }
        }
        return Optional.ofNullable(found);
    }
}
