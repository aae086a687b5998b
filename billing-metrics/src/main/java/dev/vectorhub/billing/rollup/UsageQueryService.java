package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.LedgerTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage: the hourly records and, in the same snapshot, the part of the ledger that is not rolled up yet. A request
 * is seen here as soon as its event is in the ledger, usually within half a second.
 */
@Singleton
public final class UsageQueryService {
    /** Longest interval of a query by hour: a quarter. */
    public static final Duration HOURLY_RANGE_MAX = Duration.ofDays(92);

    /** Most points of a series. */
    public static final int SERIES_POINTS_MAX = 2_000;

    /** Behind the bucket's expression. The last branch: storage of hours that are still open, which becomes an event when the hour closes. */
    private static final String USAGE = """
             as bucket, tenant_id, meter, operation, key_id, sum(quantity)::bigint as quantity
              from (select tenant_id, hour, meter, operation, key_id, quantity
                      from usage_hour where tenant_id = ? and hour >= ? and hour < ?
                    union all
                    select tenant_id, date_trunc('hour', sampled_at, 'UTC'), open.meter, 'storage', null, open.quantity
                      from storage_gauge, lateral (values ('storage_byte_hours', byte_seconds / 3600),
                                                          ('vector_hours', vector_seconds / 3600)) as open (meter, quantity)
                     where tenant_id = ? and sampled_at >= ? and date_trunc('hour', sampled_at, 'UTC') < ?
                       and open.quantity > 0) as hours
             group by bucket, tenant_id, meter, operation, key_id
             order by bucket, meter, operation, key_id nulls first
            """;

    private static final String SERIES = """
            select floor(extract(epoch from at) / ?)::bigint as bucket, sum(quantity)::bigint
              from (%s) as used
             where at >= ? and at < ? and starts_with(meter, '%s')
            """;

    /** The hours of all tenants, with the part of the ledger that is not rolled up yet. */
    private static final String ALL_HOURS = """
            select hour as at, meter, quantity from usage_total
            union all
            select date_trunc('hour', occurred_at, 'UTC'), meter, quantity from usage_event
             where txid >= (select folded_before from usage_rollup_state)""";

    private final LedgerTransactions transactions;

    @Inject
    public UsageQueryService(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /**
     * A tenant's usage, ordered by time, meter, operation and key. Storage of the open hour is included as far as it was
     * sampled.
     *
     * @param from inclusive; cut down to the start of its hour
     * @param to exclusive; the hour that it lies in counts whole
     * @throws IllegalArgumentException for an empty interval, or one over {@link #HOURLY_RANGE_MAX} by hour
     */
    public List<UsageLine> usage(UUID tenantId, Instant from, Instant to, Granularity granularity) {
        Instant start = UsageRows.hourOf(from);
        requireInterval(from, to);
        if (granularity == Granularity.HOUR && Duration.between(start, to).compareTo(HOURLY_RANGE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "usage by hour covers at most " + HOURLY_RANGE_MAX.toDays() + " days; ask for days");
        }
        String bucket = switch (granularity) {
            case HOUR -> "hour";
            case DAY -> "date_trunc('day', hour, 'UTC')";
            case TOTAL -> "null::timestamptz";
        };
        return transactions.asTenant(tenantId, "reading usage of tenant " + tenantId, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select " + bucket + USAGE)) {
                for (int i = 0; i < 2; i++) {
                    statement.setObject(3 * i + 1, tenantId);
                    statement.setObject(3 * i + 2, utc(start));
                    statement.setObject(3 * i + 3, utc(to));
                }
                return lines(statement, granularity, start, to);
            }
        });
    }

    private static List<UsageLine> lines(
            PreparedStatement statement, Granularity granularity, Instant start, Instant to) throws SQLException {
        List<UsageLine> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                OffsetDateTime bucket = rows.getObject(1, OffsetDateTime.class);
                Instant at = bucket == null ? start : bucket.toInstant();
                lines.add(
                        switch (granularity) {
                            case HOUR -> UsageRows.line(rows, at, at.plus(1, ChronoUnit.HOURS));
                            case DAY -> UsageRows.line(rows, at, at.plus(1, ChronoUnit.DAYS));
                            case TOTAL -> UsageRows.line(rows, start, to);
                        });
            }
        }
        return lines;
    }

    /**
     * Requests of all classes over time, for charts. Buckets start at multiples of their width since 1970 UTC; the first
     * one holds {@code from}, the last one the instant before {@code to}; empty ones are present with 0.
     *
     * @param tenantId null for all tenants (operators)
     * @param bucket whole seconds, e.g. a minute
     * @throws IllegalArgumentException for over {@link #SERIES_POINTS_MAX} buckets
     */
    public List<RequestPoint> requestSeries(@Nullable UUID tenantId, Instant from, Instant to, Duration bucket) {
        return series("requests_", tenantId, from, to, bucket);
    }

    /** Tokens of texts that a tenant had embedded in the interval, which is cut to whole seconds. */
    public long tokens(UUID tenantId, Instant from, Instant to) {
        long tokens = 0;
        for (RequestPoint point :
                series(BillableMeter.INFERENCE_TOKENS.code(), tenantId, from, to, Duration.ofSeconds(1))) {
            tokens += point.requests();
        }
        return tokens;
    }

    private List<RequestPoint> series(
            String meters, @Nullable UUID tenantId, Instant from, Instant to, Duration bucket) {
        requireInterval(from, to);
        long width = bucket.toSeconds();
        if (width < 1 || !bucket.equals(Duration.ofSeconds(width))) {
            throw new IllegalArgumentException("bucket must be whole seconds: " + bucket);
        }
        long first = Math.floorDiv(from.getEpochSecond(), width);
        long last = Math.floorDiv(to.minusNanos(1).getEpochSecond(), width);
        if (last - first >= SERIES_POINTS_MAX) {
            throw new IllegalArgumentException("at most " + SERIES_POINTS_MAX + " points: " + (last - first + 1));
        }
        Instant start = Instant.ofEpochSecond(first * width);
        Instant end = Instant.ofEpochSecond((last + 1) * width);
        long[] requests = new long[(int) (last - first + 1)];
        LedgerTransactions.Work<Integer, RuntimeException> read =
                connection -> readSeries(connection, meters, tenantId, start, end, width, first, requests);
        if (tenantId == null) {
            transactions.asSystem("reading the requests of all tenants", read);
        } else {
            transactions.asTenant(tenantId, "reading the requests of tenant " + tenantId, read);
        }
        List<RequestPoint> points = new ArrayList<>(requests.length);
        for (int i = 0; i < requests.length; i++) {
            points.add(new RequestPoint(Instant.ofEpochSecond((first + i) * width), requests[i]));
        }
        return points;
    }

    private static int readSeries(
            Connection connection,
            String meters,
            @Nullable UUID tenantId,
            Instant start,
            Instant end,
            long width,
            long first,
            long[] requests)
            throws SQLException {
        String tenant = tenantId == null ? "" : " where tenant_id = ?";
        String used;
        if (width % Duration.ofHours(1).toSeconds() != 0) {
            used = "select occurred_at as at, meter, quantity from usage_event" + tenant;
        } else {
            used = tenantId == null ? ALL_HOURS : "select hour as at, meter, quantity from usage_hour" + tenant;
        }
        String sql = SERIES.formatted(used, meters) + " group by bucket";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            statement.setLong(parameter++, width);
            if (tenantId != null) {
                statement.setObject(parameter++, tenantId);
            }
            statement.setObject(parameter++, utc(start));
            statement.setObject(parameter, utc(end));
            try (ResultSet rows = statement.executeQuery()) {
                int buckets = 0;
                while (rows.next()) {
                    requests[(int) (rows.getLong(1) - first)] = rows.getLong(2);
                    buckets++;
                }
                return buckets;
            }
        }
    }

    private static void requireInterval(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to: " + from + " .. " + to);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
