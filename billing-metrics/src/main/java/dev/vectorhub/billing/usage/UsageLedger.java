package dev.vectorhub.billing.usage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The append-only table {@code usage_event}, as operators add to it. */
@Singleton
public final class UsageLedger {
    private static final int REASON_LENGTH_MAX = 500;

    private final LedgerTransactions transactions;

    @Inject
    public UsageLedger(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /**
     * Corrects usage by a new row; nothing that is stored changes. The same correction id is applied once.
     *
     * @param delta base units to add; negative to take back
     * @param usedAt the instant that is corrected; decides the hour
     * @param reason kept with the row, 1 to 500 characters
     * @return whether the row is new
     */
    public boolean correct(
            UUID correctionId,
            UUID tenantId,
            @Nullable UUID keyId,
            BillableMeter meter,
            String operation,
            long delta,
            Instant usedAt,
            String reason) {
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw new IllegalArgumentException("a reason has 1 to " + REASON_LENGTH_MAX + " characters");
        }
        UsageEvent event = new UsageEvent(
                tenantId, keyId, meter, operation, delta, usedAt.toEpochMilli(), "correction:" + correctionId, 0, 1);
        return transactions.asTenant(
                tenantId,
                "correcting usage of tenant " + tenantId,
                connection -> LedgerWriter.insert(connection, List.of(event), reason) == 1);
    }
}
