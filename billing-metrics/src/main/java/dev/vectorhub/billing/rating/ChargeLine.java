package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.UsageLine;
import java.math.BigDecimal;

/**
 * A priced usage line.
 *
 * @param usage what is charged for
 * @param price the price in force when it was used
 * @param pricingQuantity quantity in pricing units, exact
 * @param cost pricingQuantity × unit price, rounded once, in the price's currency
 */
public record ChargeLine(UsageLine usage, Price price, BigDecimal pricingQuantity, BigDecimal cost) {}
