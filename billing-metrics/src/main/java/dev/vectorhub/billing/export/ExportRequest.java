package dev.vectorhub.billing.export;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param tenantId one tenant; null for all (operators only)
 * @param from inclusive, a whole hour UTC
 * @param to exclusive, a whole hour UTC
 */
public record ExportRequest(@Nullable UUID tenantId, Instant from, Instant to) {
    public ExportRequest {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to: " + from + " .. " + to);
        }
        if (from.getEpochSecond() % 3600 != 0
                || from.getNano() != 0
                || to.getEpochSecond() % 3600 != 0
                || to.getNano() != 0) {
            throw new IllegalArgumentException("from and to must be whole hours: " + from + " .. " + to);
        }
    }
}
