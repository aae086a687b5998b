package dev.vectorhub.billing.export;

import dev.vectorhub.billing.rating.ChargeLine;
import dev.vectorhub.billing.rating.Price;
import dev.vectorhub.billing.rollup.UsageLine;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * The Cost and Usage dataset of FOCUS 1.4 (FinOps Open Cost and Usage Specification) as CSV: all mandatory columns, the
 * conditional ones that apply to us, then our own with the prefix {@code x_}; each group in alphabetical order, as its
 * column handling asks. {@code ProviderName} and {@code PublisherName}, deprecated in 1.3, are gone in 1.4; {@code
 * InvoiceDetailId} is new.
 *
 * <p>A row is a charge for one hour of a tenant's (sub account's) usage of one meter by one operation class and key.
 * Nothing is discounted, committed or amortised: the four costs are equal, exact and unrounded. Times are UTC, intervals
 * half-open, numbers plain decimals. Null (an empty field): no invoice is issued yet, no earlier charge is corrected, the
 * SKU price has no details, no key took part.
 */
final class FocusFormat {
    static final String VERSION = "1.4";

    static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "HostProviderName",
            "InvoiceDetailId",
            "InvoiceId",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ServiceCategory",
            "ServiceName",
            "ServiceProviderName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceDetails",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "x_ApiKeyId",
            "x_Operation");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final String providerName;
    private final String accountId;
    private final CsvRow row;

    /**
     * A writer of rows.
     *
     * @param providerName who provides and invoices the service
     * @param accountId the billing account that the tenants are sub accounts of
     */
    FocusFormat(String providerName, String accountId, Writer out) {
        this.providerName = providerName;
        this.accountId = accountId;
        this.row = new CsvRow(out);
    }

    void header() throws IOException {
        for (String column : COLUMNS) {
            row.field(column);
        }
        row.end();
    }

    void charge(ChargeLine line, String tenantName) throws IOException {
        UsageLine usage = line.usage();
        Price price = line.price();
        String cost = plain(line.cost());
        String unitPrice = plain(price.unitPrice());
        LocalDate month = usage.from().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        UUID key = usage.keyId();
        row.field(cost)
                .field(accountId)
                .field(providerName)
                .field(price.currency())
                .field(time(month.plusMonths(1)))
                .field(time(month))
                .field("Usage")
                .field(null)
                .field(usage.meter().title() + " (" + usage.operation() + ", plan " + price.planCode() + ")")
                .field("Usage-Based")
                .field(TIME.format(usage.to()))
                .field(TIME.format(usage.from()))
                .field(Long.toString(usage.quantity()))
                .field(usage.meter().unit())
                .field(cost)
                .field(unitPrice)
                .field(cost)
                .field(providerName)
                .field(null)
                .field(null)
                .field(providerName)
                .field(cost)
                .field(unitPrice)
                .field("Standard")
                .field(plain(line.pricingQuantity()))
                .field(price.pricingUnit())
                .field("Databases")
                .field("Vectorizer Hub")
                .field(providerName)
                .field("NoSQL Databases")
                .field(usage.meter().code())
                .field(usage.meter().title())
                .field(null)
                .field(skuPriceId(price))
                .field(usage.tenantId().toString())
                .field(tenantName)
                .field(key == null ? null : key.toString())
                .field(usage.operation());
        row.end();
    }

    private static String skuPriceId(Price price) {
        LocalDate since = price.validFrom().atZone(ZoneOffset.UTC).toLocalDate();
        return price.planCode() + "/" + price.meter().code() + "/" + since;
    }

    private static String time(LocalDate day) {
        Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        return TIME.format(start);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
