package dev.vectorhub.billing.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.billing.rating.PlanHistory;
import dev.vectorhub.billing.rating.Price;
import dev.vectorhub.billing.rating.PriceList;
import dev.vectorhub.billing.rating.PriceService;
import dev.vectorhub.billing.rating.Rater;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.rollup.UsageRows;
import dev.vectorhub.billing.usage.LedgerTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Streams usage and charges, a row per tenant, hour, meter, operation and key, in this order. The rows come from one
 * snapshot through a cursor: memory is bounded whatever the interval, and the same ledger gives the same bytes. The sum of
 * an export's quantities is the sum of the ledger's.
 */
@Singleton
public final class ExportService {
    private static final int FETCH_ROWS = 1_000;

    private static final String LINES_OF_ALL = """
            select tenant_id, hour, meter, operation, key_id, sum(quantity)::bigint as quantity
              from usage_hour
             where hour >= ? and hour < ?
            """;

    private static final String OF_TENANT = " and tenant_id = ?";

    private static final String IN_ORDER = """
             group by tenant_id, hour, meter, operation, key_id
             order by tenant_id, hour, meter, operation, key_id nulls first
            """;

    private final LedgerTransactions transactions;
    private final PriceService prices;
    private final String providerName;
    private final String accountId;
    private final JsonFactory json = new JsonFactory();

    /**
     * The service.
     *
     * @param providerName FOCUS: who provides and invoices the service
     * @param accountId FOCUS: the billing account that the tenants are sub accounts of
     */
    @Inject
    public ExportService(
            DataSource dataSource,
            @ConfigProperty(name = "hub.billing.provider-name", defaultValue = "Vectorizer Hub") String providerName,
            @ConfigProperty(name = "hub.billing.account-id", defaultValue = "vectorizer-hub") String accountId) {
        this.transactions = new LedgerTransactions(dataSource);
        this.prices = new PriceService(dataSource);
        this.providerName = providerName;
        this.accountId = accountId;
    }

    @FunctionalInterface
    private interface LineSink {
        void accept(UsageLine line) throws IOException;
    }

    /**
     * Writes FOCUS 1.4 Cost and Usage rows as CSV (UTF-8, header first). Each hour is priced by the plan that
     * the tenant had then. Usage that the plan does not price costs 0; a
     * tenant that the directory does not know any more is named by its id and priced by no plan.
     *
     * @return the rows without the header; the stream stays open and is flushed
     */
    public long focusCsv(ExportRequest request, BillingAccounts accounts, OutputStream out) throws IOException {
        PriceList priceList = prices.list();
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        FocusFormat format = new FocusFormat(providerName, accountId, writer);
        format.header();
        AccountCache known = new AccountCache(accounts);
        long rows = forEach(request, line -> {
            BillingAccount account = known.get(line.tenantId());
            String plan = account.plans().at(line.from());
            Price price = priceList.find(plan, line.meter(), line.from()).orElseGet(() -> unpriced(plan, line));
            format.charge(Rater.charge(line, price, Rater.SCALE_EXACT), account.name());
        });
        writer.flush();
        return rows;
    }

    private static Price unpriced(String planCode, UsageLine line) {
        return new Price(planCode, line.meter(), 1, line.meter().unit(), BigDecimal.ZERO, "USD", Instant.EPOCH);
    }

    /** Rows come tenant by tenant: the account of the current one is enough. */
    private static final class AccountCache {
        private final BillingAccounts accounts;
        private @Nullable BillingAccount current;

        AccountCache(BillingAccounts accounts) {
            this.accounts = accounts;
        }

        BillingAccount get(UUID tenantId) {
            BillingAccount account = current;
            if (account == null || !account.tenantId().equals(tenantId)) {
                Optional<BillingAccount> found = accounts.find(tenantId);
                account = found.orElseGet(
                        () -> new BillingAccount(tenantId, tenantId.toString(), PlanHistory.always("none")));
                current = account;
            }
            return account;
        }
    }

    /**
     * Writes hourly usage, one JSON object a line: {@code tenantId, from, to, meter, unit, operation, keyId} (null without
     * a key) and {@code quantity}.
     *
     * @return the lines; the stream stays open and is flushed
     */
    public long jsonl(ExportRequest request, OutputStream out) throws IOException {
        JsonGenerator generator = json.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setRootValueSeparator(null);
        long lines = forEach(request, line -> {
            write(generator, line);
            generator.writeRaw('\n');
        });
        generator.flush();
        return lines;
    }

    private static void write(JsonGenerator generator, UsageLine line) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("tenantId", line.tenantId().toString());
        generator.writeStringField("from", line.from().toString());
        generator.writeStringField("to", line.to().toString());
        generator.writeStringField("meter", line.meter().code());
        generator.writeStringField("unit", line.meter().unit());
        generator.writeStringField("operation", line.operation());
        UUID key = line.keyId();
        generator.writeStringField("keyId", key == null ? null : key.toString());
        generator.writeNumberField("quantity", line.quantity());
        generator.writeEndObject();
    }

    private long forEach(ExportRequest request, LineSink sink) throws IOException {
        UUID tenant = request.tenantId();
        LedgerTransactions.Work<Long, IOException> work = connection -> read(connection, request, sink);
        return tenant == null
                ? transactions.asSystem("exporting usage", work)
                : transactions.asTenant(tenant, "exporting usage of tenant " + tenant, work);
    }

    private static long read(Connection connection, ExportRequest request, LineSink sink)
            throws SQLException, IOException {
        UUID tenant = request.tenantId();
        String sql = LINES_OF_ALL + (tenant == null ? "" : OF_TENANT) + IN_ORDER;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setObject(1, request.from().atOffset(ZoneOffset.UTC));
            statement.setObject(2, request.to().atOffset(ZoneOffset.UTC));
            if (tenant != null) {
                statement.setObject(3, tenant);
            }
            long count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.accept(UsageRows.hourLine(rows));
                    count++;
                }
            }
            return count;
        }
    }
}
