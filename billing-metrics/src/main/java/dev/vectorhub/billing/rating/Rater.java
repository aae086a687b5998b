package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.UsageLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prices usage. Pure: the same usage and prices give the same lines. Unit quantities are powers of ten, so every product
 * is a finite decimal; the only rounding is the one of a line's cost, half to even.
 */
public final class Rater {
    /** Decimal places that leave each listed price (6) of a unit of up to 10^18 unrounded. */
    public static final int SCALE_EXACT = 24;

    private Rater() {}

    /**
     * One charge line for each usage line that the plan prices.
     *
     * @param scale decimal places of a line's cost; {@link #SCALE_EXACT} for data
     */
    public static List<ChargeLine> rate(List<UsageLine> usage, String planCode, PriceList prices, int scale) {
        List<ChargeLine> lines = new ArrayList<>(usage.size());
        for (UsageLine line : usage) {
            Optional<Price> price = prices.find(planCode, line.meter(), line.from());
            if (price.isPresent()) {
                lines.add(charge(line, price.get(), scale));
            }
        }
        return lines;
    }

    /**
     * The lines of an invoice over [from, to): one for each price, over all operations and keys, each rounded once to the
     * currency's smallest unit. Their sum is the invoice's total. Order: that of the first usage of each price.
     *
     * @param usage of one tenant, none of it spanning a change of prices
     */
    public static List<ChargeLine> invoice(
            List<UsageLine> usage, String planCode, PriceList prices, Instant from, Instant to) {
        Map<Price, UsageLine> sums = new LinkedHashMap<>();
        for (UsageLine line : usage) {
            Optional<Price> price = prices.find(planCode, line.meter(), line.from());
            if (price.isPresent()) {
                UsageLine whole = new UsageLine(line.tenantId(), from, to, line.meter(), "", null, line.quantity());
                sums.merge(price.get(), whole, Rater::sum);
            }
        }
        List<ChargeLine> lines = new ArrayList<>(sums.size());
        for (Map.Entry<Price, UsageLine> entry : sums.entrySet()) {
            int digits = Currency.getInstance(entry.getKey().currency()).getDefaultFractionDigits();
            lines.add(charge(entry.getValue(), entry.getKey(), Math.max(0, digits)));
        }
        return lines;
    }

    private static UsageLine sum(UsageLine a, UsageLine b) {
        long quantity = Math.addExact(a.quantity(), b.quantity());
        return new UsageLine(a.tenantId(), a.from(), a.to(), a.meter(), a.operation(), a.keyId(), quantity);
    }

    /** Prices one line, with one rounding, half to even. */
    public static ChargeLine charge(UsageLine line, Price price, int scale) {
        BigDecimal quantity = BigDecimal.valueOf(line.quantity()).divide(BigDecimal.valueOf(price.unitQuantity()));
        BigDecimal cost = quantity.multiply(price.unitPrice());
        if (cost.scale() > scale) {
            cost = cost.setScale(scale, RoundingMode.HALF_EVEN);
        }
        return new ChargeLine(line, price, quantity, cost);
    }
}
