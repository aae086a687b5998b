package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.UsageLine;
import java.math.BigDecimal;

/**
 * A priced usage line.
 *
 * @param price null-free: a meter without a price is not billable under the plan and yields no line
 * @param pricingQuantity quantity in pricing units, exact
 * @param cost pricingQuantity × unit price, rounded once
 */
public record ChargeLine(UsageLine usage, Price price, BigDecimal pricingQuantity, BigDecimal cost) {}
