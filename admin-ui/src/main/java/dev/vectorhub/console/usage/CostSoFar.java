package dev.vectorhub.console.usage;

import dev.vectorhub.billing.rating.ChargeLine;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.console.format.Times;
import dev.vectorhub.console.format.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A month's usage by meter and, where the plan has prices, what it costs. A preview, not an invoice: rounded for display
 * only.
 *
 * @param period in words
 * @param total with its currency; empty if the plan has no prices
 */
public record CostSoFar(String period, List<Line> lines, String total) {
    private static final int CENTS = 2;

    /** One meter: its name, the quantity in human units, price and cost in words (empty without a price). */
    public record Line(String title, String quantity, String price, String cost) {}

    /**
     * Makes the preview.
     *
     * @param usage of the whole month
     * @param charges what of it has a price
     */
    public static CostSoFar of(List<UsageLine> usage, List<ChargeLine> charges, Instant from, Instant now) {
        Map<BillableMeter, Long> quantities = new EnumMap<>(BillableMeter.class);
        for (UsageLine line : usage) {
            quantities.merge(line.meter(), line.quantity(), Long::sum);
        }
        Map<BillableMeter, BigDecimal> costs = new EnumMap<>(BillableMeter.class);
        Map<BillableMeter, String> priceTexts = new EnumMap<>(BillableMeter.class);
        BigDecimal total = BigDecimal.ZERO;
        String currency = "";
        for (ChargeLine charge : charges) {
            // Not the line's cost, which is rounded: the little that a new tenant uses shall be seen.
            BigDecimal exact = charge.pricingQuantity().multiply(charge.price().unitPrice());
            costs.merge(charge.usage().meter(), exact, BigDecimal::add);
            priceTexts.put(
                    charge.usage().meter(),
                    charge.price().unitPrice().stripTrailingZeros().toPlainString() + " "
                            + charge.price().currency() + " per "
                            + readable(charge.price().pricingUnit()));
            total = total.add(exact);
            currency = charge.price().currency();
        }
        List<Line> lines = new ArrayList<>(quantities.size());
        for (Map.Entry<BillableMeter, Long> entry : quantities.entrySet()) {
            BillableMeter meter = entry.getKey();
            BigDecimal cost = costs.get(meter);
            lines.add(new Line(
                    meter.title(),
                    quantity(meter, entry.getValue()),
                    priceTexts.getOrDefault(meter, "included"),
                    cost == null ? "—" : money(cost, currency)));
        }
        return new CostSoFar(
                Times.date(from) + " to " + Times.absolute(now),
                lines,
                currency.isEmpty() ? "" : money(total, currency));
    }

    /** A quantity in the unit that a person expects: bytes as KiB, MiB…, byte-hours too, everything else as a count. */
    static String quantity(BillableMeter meter, long quantity) {
        return switch (meter) {
            case BYTES_READ, BYTES_WRITTEN, INGRESS_BYTES, EGRESS_BYTES -> Units.bytes(quantity);
            case STORAGE_BYTE_HOURS -> Units.bytes(quantity) + "-hours";
            case VECTOR_HOURS -> Units.shortCount(quantity) + " vector-hours";
            case INFERENCE_TOKENS -> Units.shortCount(quantity) + " tokens";
            case VECTORS_SCANNED -> Units.shortCount(quantity) + " vectors";
            case REQUESTS_READ, REQUESTS_WRITE, REQUESTS_SEARCH, REQUESTS_MANAGE -> Units.count(quantity);
        };
    }

    /** {@code 1000000 Requests} as an export spells it becomes {@code 1M requests}. */
    static String readable(String pricingUnit) {
        int space = pricingUnit.indexOf(' ');
        boolean counted = space > 0 && pricingUnit.chars().limit(space).allMatch(Character::isDigit) && space <= 15;
        return counted
                ? Units.shortCount(Long.parseLong(pricingUnit.substring(0, space)))
                        + pricingUnit.substring(space).toLowerCase(Locale.ROOT)
                : pricingUnit;
    }

    private static String money(BigDecimal amount, String currency) {
        boolean tiny = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.01")) < 0;
        return tiny
                ? "< 0.01 " + currency
                : amount.setScale(CENTS, RoundingMode.HALF_EVEN).toPlainString() + " " + currency;
    }
}
