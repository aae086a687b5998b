package dev.vectorhub.billing.usage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Turns samples of what is stored into byte-hours and vector-hours in the ledger ({@link StorageIntegral}).
 *
 * <p>The state is a row per collection, advanced in the transaction that writes the events of the hours it closes; an
 * event's id names collection and hour. A sample that is repeated, late, or sent by several processes therefore changes
 * nothing, and a crash between samples only makes the step between them longer.
 */
@Singleton
public final class StorageGaugeService {
    /** {@link UsageEvent#operation()} of storage. */
    public static final String OPERATION = "storage";

    /** Collections of one call. */
    public static final int SAMPLES_MAX = 100_000;

    private final LedgerTransactions transactions;

    @Inject
    public StorageGaugeService(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /** Records one collection's sample; one not after the newest known changes nothing. Time counts in whole seconds. */
    public void record(UUID tenantId, UUID collectionId, long points, long logicalBytes, Instant at) {
        recordAll(tenantId, List.of(new StorageSample(collectionId, points, logicalBytes)), false, at);
    }

    /**
     * Records samples of a tenant's collections taken at one instant.
     *
     * @param complete whether these are all collections: then a known one not among them holds nothing from now on
     * @throws IllegalArgumentException for more than {@link #SAMPLES_MAX} samples or a quantity over 2^51
     */
    public void recordAll(UUID tenantId, Collection<StorageSample> samples, boolean complete, Instant at) {
        if (samples.size() > SAMPLES_MAX) {
            throw new IllegalArgumentException("at most " + SAMPLES_MAX + " samples in a call: " + samples.size());
        }
        transactions.asTenant(tenantId, "recording storage of tenant " + tenantId, connection -> {
            Map<UUID, StorageSample> now = new TreeMap<>();
            for (StorageSample sample : samples) {
                now.put(sample.collectionId(), sample);
            }
            if (complete) {
                for (UUID known : knownCollections(connection, tenantId)) {
                    now.putIfAbsent(known, new StorageSample(known, 0, 0));
                }
            }
            List<UsageEvent> events = new ArrayList<>();
            for (StorageSample sample : now.values()) {
                advance(connection, tenantId, sample, at.getEpochSecond(), events);
            }
            if (!events.isEmpty()) {
                LedgerWriter.insert(connection, events, null);
            }
            return now.size();
        });
    }

    private static Set<UUID> knownCollections(Connection connection, UUID tenantId) throws SQLException {
        Set<UUID> known = new HashSet<>();
        // One that has ended and whose last hour is closed has nothing to say any more.
        String sql = """
                select collection_id from storage_gauge where tenant_id = ?
                   and (points > 0 or logical_bytes > 0 or byte_seconds > 0 or vector_seconds > 0)
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenantId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return known;
    }

    /** Advances one gauge. Gauges are locked in the order of their ids, so two calls never wait for each other in a ring. */
    private static void advance(
            Connection connection, UUID tenantId, StorageSample sample, long second, List<UsageEvent> events)
            throws SQLException {
        StorageIntegral first = StorageIntegral.first(second, sample.points(), sample.logicalBytes());
        if (insertFirst(connection, tenantId, sample.collectionId(), first)) {
            return;
        }
        StorageIntegral known = lock(connection, tenantId, sample.collectionId());
        StorageIntegral.Advance advance = known.advance(second, sample.points(), sample.logicalBytes());
        update(connection, tenantId, sample.collectionId(), advance.next());
        String node = OPERATION + ":" + sample.collectionId();
        for (StorageIntegral.ClosedHour hour : advance.closed()) {
            add(events, tenantId, BillableMeter.STORAGE_BYTE_HOURS, hour.byteHours(), node, hour.number());
            add(events, tenantId, BillableMeter.VECTOR_HOURS, hour.vectorHours(), node, hour.number());
        }
    }

    private static void add(
            List<UsageEvent> events, UUID tenantId, BillableMeter meter, long quantity, String node, long hour) {
        if (quantity != 0) {
            long millis = hour * StorageIntegral.HOUR_SECONDS * 1000;
            events.add(new UsageEvent(tenantId, null, meter, OPERATION, quantity, millis, node, hour, 1));
        }
    }

    private static boolean insertFirst(Connection connection, UUID tenantId, UUID collectionId, StorageIntegral first)
            throws SQLException {
        String sql = """
                insert into storage_gauge (tenant_id, collection_id, sampled_at, points, logical_bytes)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenantId);
            statement.setObject(2, collectionId);
            statement.setObject(3, time(first.sampledSecond()));
            statement.setLong(4, first.points());
            statement.setLong(5, first.logicalBytes());
            return statement.executeUpdate() == 1;
        }
    }

    private static StorageIntegral lock(Connection connection, UUID tenantId, UUID collectionId) throws SQLException {
        String sql = """
                select sampled_at, points, logical_bytes, byte_seconds, vector_seconds
                  from storage_gauge where tenant_id = ? and collection_id = ? for update
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenantId);
            statement.setObject(2, collectionId);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the gauge of collection " + collectionId + " is gone", "02000");
                }
                return new StorageIntegral(
                        rows.getObject(1, OffsetDateTime.class).toEpochSecond(),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5));
            }
        }
    }

    private static void update(Connection connection, UUID tenantId, UUID collectionId, StorageIntegral next)
            throws SQLException {
        String sql = """
                update storage_gauge
                   set sampled_at = ?, points = ?, logical_bytes = ?, byte_seconds = ?, vector_seconds = ?
                 where tenant_id = ? and collection_id = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, time(next.sampledSecond()));
            statement.setLong(2, next.points());
            statement.setLong(3, next.logicalBytes());
            statement.setLong(4, next.byteSeconds());
            statement.setLong(5, next.vectorSeconds());
            statement.setObject(6, tenantId);
            statement.setObject(7, collectionId);
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime time(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC);
    }
}
