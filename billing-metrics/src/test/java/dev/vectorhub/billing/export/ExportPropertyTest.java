package dev.vectorhub.billing.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.billing.BillingDatabase;
import dev.vectorhub.billing.rating.ChargeService;
import dev.vectorhub.billing.rating.PlanHistory;
import dev.vectorhub.billing.rating.PriceList;
import dev.vectorhub.billing.rating.PriceService;
import dev.vectorhub.billing.rollup.RollupService;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.UsageArbitraries;
import dev.vectorhub.billing.usage.UsageEvent;
import dev.vectorhub.billing.usage.UsageEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

class ExportPropertyTest {
    private static final Instant FROM = Instant.parse("2026-09-21T13:00:00Z"); // holds the generated events
    private static final Instant TO = FROM.plusSeconds(5 * 3600);
    private static final UUID TENANT = new UUID(0x0189_0000_0000_7000L, 1);
    // Changed in the middle of an hour: that hour is the old plan's.
    private static final PlanHistory PLANS = new PlanHistory(List.of(
            new PlanHistory.Change(FROM.minusSeconds(86_400), "default"),
            new PlanHistory.Change(FROM.plusSeconds(3_600 + 1_800), "enterprise")));
    private static final BillingAccounts ACCOUNTS =
            tenant -> Optional.of(new BillingAccount(tenant, "Acme, \"Inc\" " + tenant, PLANS));
    private static final BillingDatabase database = BillingDatabase.create();
    private static final ExportService export = new ExportService(database.app(), "Vectorizer Hub", "hub");

    @AfterContainer
    static void stop() {
        database.close();
    }

    @Provide
    Arbitrary<List<UsageEvent>> ledgers() {
        return UsageArbitraries.events().list().ofMaxSize(60).map(UsageEvents::distinct);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void totalsAreTheLedgersAndBytesAreTheSame(@ForAll("ledgers") List<UsageEvent> events, @ForAll boolean rolledUp)
            throws Exception {
        database.clear();
        UsageEvents.store(database.app(), events.subList(0, events.size() / 2));
        if (rolledUp) {
            new RollupService(database.app()).runOnce();
        }
        UsageEvents.store(database.app(), events.subList(events.size() / 2, events.size()));

        Map<String, Long> ledger = new TreeMap<>();
        for (UsageEvent event : events) {
            ledger.merge(event.tenantId() + " " + event.meter().code(), event.quantity(), Long::sum);
        }
        Map<String, Long> csv = new TreeMap<>();
        BigDecimal cost = BigDecimal.ZERO;
        for (Map<String, String> row : csv(null)) {
            csv.merge(
                    row.get("SubAccountId") + " " + row.get("SkuId"),
                    Long.parseLong(field(row, "ConsumedQuantity")),
                    Long::sum);
            cost = cost.add(new BigDecimal(field(row, "BilledCost")));
        }
        assertEquals(ledger, csv);
        assertEquals(0, cost.compareTo(costOf(events)), "costs are exact");
        Map<String, Long> json = new TreeMap<>();
        for (JsonNode line : jsonl(null)) {
            json.merge(
                    line.get("tenantId").asText() + " " + line.get("meter").asText(),
                    line.get("quantity").asLong(),
                    Long::sum);
        }
        assertEquals(ledger, json);

        String before = text(null);
        new RollupService(database.app()).runOnce();
        assertEquals(before, text(null), "the same usage gives the same bytes, rolled up or not");
    }

    private static BigDecimal costOf(List<UsageEvent> events) {
        PriceList prices = new PriceService(database.app()).list();
        BigDecimal cost = BigDecimal.ZERO;
        for (UsageEvent event : events) {
            boolean late = event.epochMillis() >= FROM.plusSeconds(2 * 3_600).toEpochMilli();
            var price = prices.find(late ? "enterprise" : "default", event.meter(), FROM);
            if (price.isPresent()) {
                cost = cost.add(BigDecimal.valueOf(event.quantity())
                        .multiply(price.get().unitPrice())
                        .divide(BigDecimal.valueOf(price.get().unitQuantity())));
            }
        }
        return cost;
    }

    @Example
    void rowsAreWhatFocusAsksFor() throws Exception {
        database.clear();
        UUID key = new UUID(7, 7);
        long millis = FROM.plusSeconds(1800).toEpochMilli();
        UsageEvents.store(
                database.app(),
                List.of(
                        new UsageEvent(
                                TENANT, key, BillableMeter.REQUESTS_SEARCH, "search", 2_500_000, millis, "hub", 1, 1),
                        new UsageEvent(TENANT, null, BillableMeter.BYTES_READ, "read", 77, millis, "hub", 1, 2),
                        new UsageEvent(
                                TENANT, null, BillableMeter.BYTES_READ, "read", 5, TO.toEpochMilli(), "hub", 1, 3)));
        List<Map<String, String>> rows = csv(null);
        assertEquals(2, rows.size(), "the end is exclusive");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("BilledCost", "3");
        expected.put("BillingAccountId", "hub");
        expected.put("BillingAccountName", "Vectorizer Hub");
        expected.put("BillingCurrency", "USD");
        expected.put("BillingPeriodEnd", "2026-10-01T00:00:00Z");
        expected.put("BillingPeriodStart", "2026-09-01T00:00:00Z");
        expected.put("ChargeCategory", "Usage");
        expected.put("ChargeClass", "");
        expected.put("ChargeDescription", "\"Search requests (search, plan default)\"");
        expected.put("ChargeFrequency", "Usage-Based");
        expected.put("ChargePeriodEnd", "2026-09-21T14:00:00Z");
        expected.put("ChargePeriodStart", "2026-09-21T13:00:00Z");
        expected.put("ConsumedQuantity", "2500000");
        expected.put("ConsumedUnit", "Requests");
        expected.put("ContractedCost", "3");
        expected.put("ContractedUnitPrice", "1.2");
        expected.put("EffectiveCost", "3");
        expected.put("HostProviderName", "Vectorizer Hub");
        expected.put("InvoiceDetailId", "");
        expected.put("InvoiceId", "");
        expected.put("InvoiceIssuerName", "Vectorizer Hub");
        expected.put("ListCost", "3");
        expected.put("ListUnitPrice", "1.2");
        expected.put("PricingCategory", "Standard");
        expected.put("PricingQuantity", "2.5");
        expected.put("PricingUnit", "1000000 Requests");
        expected.put("ServiceCategory", "Databases");
        expected.put("ServiceName", "Vectorizer Hub");
        expected.put("ServiceProviderName", "Vectorizer Hub");
        expected.put("ServiceSubcategory", "NoSQL Databases");
        expected.put("SkuId", "requests_search");
        expected.put("SkuMeter", "Search requests");
        expected.put("SkuPriceDetails", "");
        expected.put("SkuPriceId", "default/requests_search/2020-01-01");
        expected.put("SubAccountId", TENANT.toString());
        expected.put("SubAccountName", "\"Acme, \"\"Inc\"\" " + TENANT + "\"");
        expected.put("x_ApiKeyId", key.toString());
        expected.put("x_Operation", "search");
        assertEquals(
                new ArrayList<>(expected.entrySet()),
                new ArrayList<>(rows.get(1).entrySet()));
        Map<String, String> unpriced = rows.getFirst();
        assertEquals("0", unpriced.get("BilledCost"));
        assertEquals("77", unpriced.get("PricingQuantity"));
        assertEquals("B", unpriced.get("PricingUnit"));
        assertEquals("", unpriced.get("x_ApiKeyId"));
    }

    @Example
    void aTenantsExportHasItsRowsOnlyAndEndsWithTheInterval() throws Exception {
        database.clear();
        UUID other = new UUID(0x0189_0000_0000_7000L, 2);
        long millis = FROM.toEpochMilli();
        UsageEvents.store(
                database.app(),
                List.of(
                        new UsageEvent(TENANT, null, BillableMeter.EGRESS_BYTES, "read", 1, millis, "hub", 1, 1),
                        new UsageEvent(other, null, BillableMeter.EGRESS_BYTES, "read", 2, millis, "hub", 1, 2),
                        new UsageEvent(other, null, BillableMeter.EGRESS_BYTES, "read", 4, millis - 1, "hub", 1, 3)));
        List<JsonNode> lines = jsonl(other);
        assertEquals(1, lines.size());
        assertEquals(
                new ObjectMapper()
                        .readTree("{\"tenantId\":\"" + other + "\",\"from\":\"2026-09-21T13:00:00Z\","
                                + "\"to\":\"2026-09-21T14:00:00Z\",\"meter\":\"egress_bytes\",\"unit\":\"B\","
                                + "\"operation\":\"read\",\"keyId\":null,\"quantity\":2}"),
                lines.getFirst());
        assertEquals(1, csv(TENANT).size());
        assertFalse(text(TENANT).contains(other.toString()));
        assertThrows(IllegalArgumentException.class, () -> new ExportRequest(null, FROM, FROM));
        assertThrows(IllegalArgumentException.class, () -> new ExportRequest(null, FROM.plusSeconds(1), TO));
        var gone = export.focusCsv(new ExportRequest(null, FROM, TO), tenant -> Optional.empty(), OUT_OF_SIGHT);
        assertEquals(2, gone);
    }

    private static final java.io.OutputStream OUT_OF_SIGHT = java.io.OutputStream.nullOutputStream();

    @Example
    void aBillIsTheSumOfRoundedLines() throws Exception {
        database.clear();
        long millis = FROM.toEpochMilli();
        UsageEvents.store(
                database.app(),
                List.of(
                        new UsageEvent(
                                TENANT, null, BillableMeter.REQUESTS_READ, "read", 1_234_567, millis, "hub", 1, 1),
                        new UsageEvent(
                                TENANT,
                                new UUID(7, 7),
                                BillableMeter.REQUESTS_READ,
                                "read",
                                765_433,
                                millis,
                                "hub",
                                1,
                                2),
                        new UsageEvent(
                                TENANT, null, BillableMeter.REQUESTS_WRITE, "write", 4_000, millis, "hub", 1, 3)));
        ChargeService charges =
                new ChargeService(new UsageQueryService(database.app()), new PriceService(database.app()));
        Map<String, String> costs = new TreeMap<>();
        charges.charges(TENANT, PlanHistory.always("default"), FROM, TO)
                .forEach(line ->
                        costs.put(line.usage().meter().code(), line.cost().toPlainString()));
        assertEquals(Map.of("requests_read", "0.8", "requests_write", "0.01"), costs);
        assertTrue(charges.charges(TENANT, PlanHistory.always("free"), FROM, TO).stream()
                .allMatch(line -> line.cost().signum() == 0));
        assertEquals(List.of(), charges.charges(TENANT, PlanHistory.always("no such plan"), FROM, TO));
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void aBillAndAnExportChargeEachHourByThePlanOfItsTime(
            @ForAll("ledgers") List<UsageEvent> events, @ForAll("histories") PlanHistory plans) throws Exception {
        database.clear();
        List<UsageEvent> own = events.stream().map(ExportPropertyTest::ofTenant).toList();
        UsageEvents.store(database.app(), UsageEvents.distinct(own));
        PriceList prices = new PriceService(database.app()).list();
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (UsageEvent event : UsageEvents.distinct(own)) {
            String plan = naivePlan(plans, event.epochMillis());
            prices.find(plan, event.meter(), FROM)
                    .ifPresent(price -> expected.merge(
                            plan + " " + event.meter().code(),
                            BigDecimal.valueOf(event.quantity())
                                    .multiply(price.unitPrice())
                                    .divide(BigDecimal.valueOf(price.unitQuantity())),
                            BigDecimal::add));
        }
        Map<String, BigDecimal> billed = new TreeMap<>();
        new ChargeService(new UsageQueryService(database.app()), new PriceService(database.app()))
                .charges(TENANT, plans, FROM, TO)
                .forEach(line -> billed.merge(
                        line.price().planCode() + " " + line.usage().meter().code(),
                        line.pricingQuantity().multiply(line.price().unitPrice()),
                        BigDecimal::add));
        assertEquals(rounded(expected), rounded(billed));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.focusCsv(
                new ExportRequest(TENANT, FROM, TO),
                tenant -> Optional.of(new BillingAccount(tenant, "Acme", plans)),
                out);
        Map<String, BigDecimal> exported = new TreeMap<>();
        for (Map<String, String> row : rows(out.toString(StandardCharsets.UTF_8))) {
            exported.merge(
                    field(row, "SkuPriceId").split("/", -1)[0] + " " + row.get("SkuId"),
                    new BigDecimal(field(row, "BilledCost")),
                    BigDecimal::add);
        }
        exported.keySet().retainAll(expected.keySet());
        assertEquals(rounded(expected), rounded(exported));
    }

    @Provide
    Arbitrary<PlanHistory> histories() {
        return Arbitraries.longs()
                .between(-7_200, 5 * 3_600)
                .map(second -> new PlanHistory.Change(
                        FROM.plusSeconds(second),
                        List.of("free", "default", "enterprise").get((int) Math.floorMod(second, 3L))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(PlanHistory::new);
    }

    /** The definition: what the tenant had when the hour began, or the first that it ever had. */
    private static String naivePlan(PlanHistory plans, long millis) {
        Instant hour = Instant.ofEpochSecond(Math.floorDiv(millis, 3_600_000L) * 3_600);
        return plans.changes().stream()
                .filter(change -> !change.from().isAfter(hour))
                .reduce((a, b) -> b)
                .orElse(plans.changes().getFirst())
                .planCode();
    }

    private static UsageEvent ofTenant(UsageEvent event) {
        return new UsageEvent(
                TENANT,
                event.keyId(),
                event.meter(),
                event.operation(),
                event.quantity(),
                event.epochMillis(),
                event.node(),
                event.epoch(),
                event.seq());
    }

    private static Map<String, String> rounded(Map<String, BigDecimal> costs) {
        Map<String, String> plain = new TreeMap<>();
        costs.forEach((key, cost) -> plain.put(
                key, cost.signum() == 0 ? "0" : cost.stripTrailingZeros().toPlainString()));
        return plain;
    }

    private static String text(@Nullable UUID tenant) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.focusCsv(new ExportRequest(tenant, FROM, TO), ACCOUNTS, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Rows by column, fields as written. */
    private static List<Map<String, String>> csv(@Nullable UUID tenant) throws IOException {
        return rows(text(tenant));
    }

    private static List<Map<String, String>> rows(String text) {
        List<String> lines = text.lines().toList();
        assertEquals(String.join(",", FocusFormat.COLUMNS), lines.getFirst());
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            assertEquals(FocusFormat.COLUMNS.size(), fields.length, line);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < fields.length; i++) {
                row.put(FocusFormat.COLUMNS.get(i), fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String field(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new AssertionError("no column " + column);
        }
        return value;
    }

    private static List<JsonNode> jsonl(@Nullable UUID tenant) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long count = export.jsonl(new ExportRequest(tenant, FROM, TO), out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertEquals(lines.size(), count);
        return lines;
    }
}
