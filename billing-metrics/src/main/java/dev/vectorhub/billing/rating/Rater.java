package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.UsageLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Prices usage. Pure: the same usage and prices give the same lines. */
public final class Rater {
    private Rater() {}

    /** Decimal places that keep each product of a whole quantity and a listed price exact. */
    public static final int SCALE_EXACT = 24;

    /**
     * One charge line for each usage line that the plan prices.
     *
     * @param scale decimal places of a line's cost: 2 for an invoice in most currencies, {@link #SCALE_EXACT} for data
     */
    public static List<ChargeLine> rate(List<UsageLine> usage, String planCode, PriceList prices, int scale) {
        List<ChargeLine> lines = new ArrayList<>(usage.size());
        for (UsageLine line : usage) {
            prices.find(planCode, line.meter(), line.from()).ifPresent(price -> lines.add(charge(line, price, scale)));
        }
        return lines;
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
