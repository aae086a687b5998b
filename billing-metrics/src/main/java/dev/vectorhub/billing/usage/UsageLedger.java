package dev.vectorhub.billing.usage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The append-only table {@code usage_event}. */
@Singleton
public final class UsageLedger {
    private final DataSource dataSource;

    @Inject
    public UsageLedger(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Corrects usage by a new row; nothing stored changes. The same correction id is applied once.
     *
     * @param delta base units to add; negative to take back
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
        throw new UnsupportedOperationException(dataSource.toString());
    }
}
