package dev.vectorhub.billing.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.usage.BillableMeter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RaterPropertyTest {
    private static final UUID TENANT = new UUID(1, 2);
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

    @Provide
    Arbitrary<Price> prices() {
        return Combinators.combine(
                        Arbitraries.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 1_000_000_000_000_000_000L),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, new BigDecimal(10_000))
                                .ofScale(6))
                .as((unit, price) -> price(BillableMeter.REQUESTS_READ, unit, price, FROM));
    }

    @Provide
    Arbitrary<List<Long>> quantities() {
        return Arbitraries.longs()
                .between(-1_000_000, 1_000_000_000_000L)
                .list()
                .ofMaxSize(50);
    }

    @Property(tries = 300)
    void partsCostWhatTheWholeCosts(@ForAll("prices") Price price, @ForAll("quantities") List<Long> quantities) {
        BigDecimal parts = BigDecimal.ZERO;
        long whole = 0;
        for (long quantity : quantities) {
            ChargeLine line = Rater.charge(usage(quantity), price, Rater.SCALE_EXACT);
            parts = parts.add(line.cost());
            whole += quantity;
        }
        BigDecimal cost = Rater.charge(usage(whole), price, Rater.SCALE_EXACT).cost();
        assertEquals(0, cost.compareTo(parts), () -> "nothing is rounded away below an invoice");
    }

    @Property(tries = 300)
    void invoiceRoundsEachLineOnceWhateverTheOrder(
            @ForAll("prices") Price price, @ForAll("quantities") List<Long> quantities, @ForAll Random random) {
        List<UsageLine> usage = new ArrayList<>();
        for (long quantity : quantities) {
            usage.add(usage(quantity));
        }
        PriceList list = new PriceList(List.of(price));
        List<ChargeLine> invoice = Rater.invoice(usage, "default", list, FROM, TO);
        Collections.shuffle(usage, random);
        assertEquals(invoice, Rater.invoice(usage, "default", list, FROM, TO));
        if (quantities.isEmpty()) {
            assertEquals(List.of(), invoice);
            return;
        }
        assertEquals(1, invoice.size());
        ChargeLine line = invoice.getFirst();
        BigDecimal exact = line.pricingQuantity().multiply(price.unitPrice());
        BigDecimal off = exact.subtract(line.cost()).abs();
        assertTrue(line.cost().scale() <= 2, line::toString);
        assertTrue(off.compareTo(new BigDecimal("0.005")) <= 0, () -> "off by " + off);
    }

    @Example
    void roundsHalfToEven() {
        Price price = price(BillableMeter.REQUESTS_READ, 1000, new BigDecimal("5"), FROM);
        assertEquals("0.02", Rater.charge(usage(5), price, 2).cost().toPlainString());
        assertEquals("0.04", Rater.charge(usage(7), price, 2).cost().toPlainString());
    }

    @Example
    void takesThePriceInForce() {
        Price first = price(BillableMeter.REQUESTS_READ, 1, BigDecimal.ONE, FROM);
        Instant change = Instant.parse("2026-11-10T00:00:00Z");
        Price second = price(BillableMeter.REQUESTS_READ, 1, BigDecimal.TWO, change);
        PriceList list = new PriceList(List.of(second, first));
        assertEquals(
                first,
                list.find("default", BillableMeter.REQUESTS_READ, change.minusMillis(1))
                        .orElseThrow());
        assertEquals(
                second,
                list.find("default", BillableMeter.REQUESTS_READ, change).orElseThrow());
        assertTrue(list.find("default", BillableMeter.REQUESTS_READ, FROM.minusMillis(1))
                .isEmpty());
        assertTrue(list.find("free", BillableMeter.REQUESTS_READ, change).isEmpty());
        assertTrue(list.find("default", BillableMeter.BYTES_READ, change).isEmpty());

        List<UsageLine> usage = List.of(
                usage(3),
                new UsageLine(TENANT, change, TO, BillableMeter.REQUESTS_READ, "read", null, 4),
                new UsageLine(TENANT, change, TO, BillableMeter.BYTES_READ, "read", null, 4));
        List<ChargeLine> invoice = Rater.invoice(usage, "default", list, FROM, TO);
        assertEquals(
                List.of(new BigDecimal("3"), new BigDecimal("8")),
                invoice.stream().map(ChargeLine::cost).toList());
        assertEquals(2, Rater.rate(usage, "default", list, 2).size());
    }

    @Example
    void refusesPricesThatCannotBeExact() {
        assertThrows(IllegalArgumentException.class, () -> price(BillableMeter.BYTES_READ, 1024, BigDecimal.ONE, FROM));
        assertThrows(IllegalArgumentException.class, () -> price(BillableMeter.BYTES_READ, 0, BigDecimal.ONE, FROM));
        assertThrows(
                IllegalArgumentException.class,
                () -> price(BillableMeter.BYTES_READ, 10, BigDecimal.ONE.negate(), FROM));
    }

    private static Price price(BillableMeter meter, long unit, BigDecimal price, Instant from) {
        return new Price("default", meter, unit, "Units", price, "USD", from);
    }

    private static UsageLine usage(long quantity) {
        return new UsageLine(TENANT, FROM, TO, BillableMeter.REQUESTS_READ, "read", null, quantity);
    }
}
