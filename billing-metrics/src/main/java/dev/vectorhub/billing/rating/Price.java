package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.usage.BillableMeter;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A plan's price of a meter from an instant on.
 *
 * @param unitQuantity base units in one pricing unit: a power of ten, so that each product is a finite decimal
 * @param pricingUnit what one pricing unit is called, e.g. {@code 1M Requests}
 * @param unitPrice price of one pricing unit, not negative
 * @param currency ISO 4217 code
 */
public record Price(
        String planCode,
        BillableMeter meter,
        long unitQuantity,
        String pricingUnit,
        BigDecimal unitPrice,
        String currency,
        Instant validFrom) {
    public Price {
        if (unitPrice.signum() < 0) {
            throw new IllegalArgumentException("unitPrice must not be negative: " + unitPrice);
        }
        if (unitQuantity < 1 || !isPowerOfTen(unitQuantity)) {
            throw new IllegalArgumentException("unitQuantity must be a power of ten: " + unitQuantity);
        }
    }

    private static boolean isPowerOfTen(long value) {
        long rest = value;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
