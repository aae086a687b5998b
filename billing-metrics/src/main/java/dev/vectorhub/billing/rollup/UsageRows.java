package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Reads rows of usage queries. */
public final class UsageRows {
    private UsageRows() {}

    /** A line from columns tenant_id, hour, meter, operation, key_id, quantity in this order, for [hour, hour + 1 h). */
    public static UsageLine hourLine(ResultSet rows) throws SQLException {
        Instant hour = rows.getObject(2, OffsetDateTime.class).toInstant();
        return line(rows, hour, hour.plus(1, ChronoUnit.HOURS));
    }

    static UsageLine line(ResultSet rows, Instant from, Instant to) throws SQLException {
        return new UsageLine(
                rows.getObject(1, UUID.class),
                from,
                to,
                BillableMeter.ofCode(rows.getString(3)),
                rows.getString(4),
                rows.getObject(5, UUID.class),
                rows.getLong(6));
    }

    /** The start of the hour that an instant lies in. */
    static Instant hourOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
