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

    /** A line from the columns tenant_id, hour, meter, operation, key_id and quantity, for [hour, hour + 1 h). */
    public static UsageLine hourLine(ResultSet rows) throws SQLException {
        Instant hour = rows.getObject("hour", OffsetDateTime.class).toInstant();
        return line(rows, hour, hour.plus(1, ChronoUnit.HOURS));
    }

    static UsageLine line(ResultSet rows, Instant from, Instant to) throws SQLException {
        return new UsageLine(
                rows.getObject("tenant_id", UUID.class),
                from,
                to,
                BillableMeter.ofCode(rows.getString("meter")),
                rows.getString("operation"),
                rows.getObject("key_id", UUID.class),
                rows.getLong("quantity"));
    }

    /** The start of the hour that an instant lies in. */
    static Instant hourOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
