package dev.vectorhub.console.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.billing.rating.Price;
import dev.vectorhub.billing.rating.PriceList;
import dev.vectorhub.billing.rating.Rater;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.usage.BillableMeter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CostSoFarTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:00Z");
    private static final UUID TENANT = UUID.randomUUID();
    private static final PriceList PRICES = new PriceList(List.of(new Price(
            "default",
            BillableMeter.REQUESTS_SEARCH,
            1_000_000,
            "1000000 Requests",
            new BigDecimal("1.20"),
            "USD",
            Instant.EPOCH)));

    @Test
    void linesOfOneMeterAreAddedAndPriced() {
        CostSoFar cost = cost(
                List.of(line(BillableMeter.REQUESTS_SEARCH, 2_000_000), line(BillableMeter.REQUESTS_SEARCH, 500_000)));
        assertEquals(
                List.of(new CostSoFar.Line("Search requests", "2,500,000", "1.2 USD per 1M requests", "3.00 USD")),
                cost.lines());
        assertEquals("3.00 USD", cost.total());
        assertEquals("1 Nov 2026 to 23 Nov 2026, 12:34 UTC", cost.period());
    }

    @Test
    void whatHasNoPriceIsListedWithoutOne() {
        CostSoFar cost = cost(List.of(line(BillableMeter.EGRESS_BYTES, 1536)));
        assertEquals(List.of(new CostSoFar.Line("Response bytes sent", "1.5 KiB", "included", "—")), cost.lines());
        assertEquals("", cost.total());
    }

    @Test
    void aLittleIsNotNothing() {
        CostSoFar cost = cost(List.of(line(BillableMeter.REQUESTS_SEARCH, 10)));
        assertEquals("< 0.01 USD", cost.total());
    }

    private static CostSoFar cost(List<UsageLine> usage) {
        return CostSoFar.of(usage, Rater.invoice(usage, "default", PRICES, FROM, NOW), FROM, NOW);
    }

    private static UsageLine line(BillableMeter meter, long quantity) {
        return new UsageLine(TENANT, FROM, NOW, meter, "search", null, quantity);
    }
}
