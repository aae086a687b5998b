package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.LedgerTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Checks that nothing is missing: records say what the ledger says, and the ledger has all numbers of each source. */
@Singleton
public final class DriftService {
    private static final String DRIFT = """
            with ledger as (
              select tenant_id, meter, sum(quantity)::bigint as quantity
                from usage_event
               where occurred_at >= ? and occurred_at < ?
                 and txid < (select folded_before from usage_rollup_state)
               group by tenant_id, meter),
            records as (
              select tenant_id, meter, sum(quantity)::bigint as quantity
                from usage_record where hour >= ? and hour < ? group by tenant_id, meter)
            select tenant_id, meter, coalesce(ledger.quantity, 0), coalesce(records.quantity, 0)
              from ledger full join records using (tenant_id, meter)
             where ledger.quantity is distinct from records.quantity
             order by tenant_id, meter
            """;

    private static final String GAPS = """
            select node, epoch, stored_seq, (select count(*) from usage_event e where e.node = s.node and e.epoch = s.epoch)
              from usage_source s
             where last_event_at >= ?
               and stored_seq <> (select count(*) from usage_event e where e.node = s.node and e.epoch = s.epoch)
             order by node, epoch
            """;

    private final LedgerTransactions transactions;

    @Inject
    public DriftService(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /** What disagrees on a UTC day; empty when all is well. Usage that is not rolled up yet is no drift. */
    public List<Drift> check(LocalDate day) {
        OffsetDateTime start = day.atStartOfDay().atOffset(ZoneOffset.UTC);
        OffsetDateTime end = start.plusDays(1);
        return transactions.asSystem("checking usage of " + day, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DRIFT)) {
                statement.setObject(1, start);
                statement.setObject(2, end);
                statement.setObject(3, start);
                statement.setObject(4, end);
                List<Drift> drifts = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        drifts.add(new Drift(
                                rows.getObject(1, UUID.class),
                                BillableMeter.ofCode(rows.getString(2)),
                                rows.getLong(3),
                                rows.getLong(4)));
                    }
                }
                return drifts;
            }
        });
    }

    /** Sources active on or after a UTC day whose numbers in the ledger have gaps: events were sealed but never stored. */
    public List<SourceGap> gaps(LocalDate since) {
        return transactions.asSystem("checking usage sources", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(GAPS)) {
                statement.setObject(1, since.atStartOfDay().atOffset(ZoneOffset.UTC));
                List<SourceGap> gaps = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        gaps.add(new SourceGap(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                    }
                }
                return gaps;
            }
        });
    }
}
